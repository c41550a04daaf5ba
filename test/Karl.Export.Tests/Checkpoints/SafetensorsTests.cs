using System.Text;
using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Arrays;

namespace Karl.Export.Checkpoints;

[TestClass]
public sealed class SafetensorsTests
{
    [TestMethod]
    public void Write_EveryType_ReadsBackAndIsAligned()
    {
        SafetensorsTensor[] tensors = [.. Enum.GetValues<ArrayElementType>().Select(type =>
            new SafetensorsTensor($"t.{type}", type, [3], () => Enumerable.Range(0, 3 * type.SizeInBytes()).Select(value => (byte)(value % 2)).ToArray()))];
        byte[] file = Write(tensors, new Dictionary<string, string> { ["format"] = "pt", ["a\"b"] = "ä" });
        using Checkpoint checkpoint = Checkpoint.Parse(file, "x.safetensors");
        Assert.AreEqual(CheckpointFormat.Safetensors, checkpoint.Format);
        Assert.AreEqual("ä", checkpoint.Metadata["a\"b"]);
        Assert.AreEqual(0L, BitConverter.ToInt64(file) % 8);
        foreach (SafetensorsTensor tensor in tensors)
        {
            CheckpointTensor read = checkpoint.Weights()[tensor.Name];
            Assert.AreEqual(tensor.Type, read.Type);
            CollectionAssert.AreEqual(new long[] { 3 }, read.Shape.ToArray());
            CollectionAssert.AreEqual(tensor.ReadBytes().ToArray(), read.ReadBytes());
        }

        CollectionAssert.AreEqual(file, Write(tensors.Reverse(), new Dictionary<string, string> { ["a\"b"] = "ä", ["format"] = "pt" }));
    }

    [TestMethod]
    public void Write_ScalarAndEmptyTensor_ReadBack()
    {
        byte[] file = Write([new("s", ArrayElementType.Float32, [], () => BitConverter.GetBytes(2.5f)), new("e", ArrayElementType.Float32, [0, 4], () => default)]);
        using Checkpoint checkpoint = Checkpoint.Parse(file, "x.safetensors");
        CollectionAssert.AreEqual(new[] { 2.5f }, checkpoint.Weights()["s"].ReadFloat32());
        Assert.AreEqual(0, checkpoint.Weights()["e"].ReadFloat32().Length);
    }

    [TestMethod]
    public void Write_WrongLengthOrRepeatedName_ThrowsAndLeavesNoFile()
    {
        using TemporaryFolder folder = new();
        SafetensorsTensor good = new("a", ArrayElementType.UInt8, [1], () => new byte[1]);
        Assert.ThrowsExactly<ArgumentException>(() => SafetensorsWriter.Write(folder["x.safetensors"], [good, good]));
        Assert.ThrowsExactly<ArgumentException>(() => SafetensorsWriter.Write(folder["x.safetensors"], [good with { Shape = [2] }]));
        Assert.ThrowsExactly<ArgumentException>(() => SafetensorsWriter.Write(folder["x.safetensors"], [good with { Name = "__metadata__" }]));
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder.FullPath));
        SafetensorsWriter.Write(folder["x.safetensors"], [good]);
        using Checkpoint checkpoint = Checkpoint.Open(folder["x.safetensors"]);
        Assert.HasCount(1, checkpoint.Weights());
    }

    [TestMethod]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "twice")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", "overlap")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "gap")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "take 4 bytes, but 8")]
    [DataRow("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", "reaches from 0 to 12")]
    [DataRow("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "overlap")]
    [DataRow("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,9]}}""", "two data_offsets")]
    [DataRow("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "does not fit its 8 bytes")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1000000000000],"data_offsets":[0,8]}}""", "does not fit")]
    [DataRow("""{"a":{"dtype":"F32","shape":[4611686018427387904,4,2],"data_offsets":[0,8]}}""", "does not fit")]
    [DataRow("""{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}""", "too large")]
    [DataRow("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "negative")]
    [DataRow("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", "broken")]
    [DataRow("""{"a":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}""", "F8_E4M3")]
    [DataRow("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1}}""", "'x'")]
    [DataRow("""{"a":{"dtype":"F32","shape":[2]}}""", "lacks")]
    [DataRow("""{"a":{"dtype":"F32","shape":[[[[[2]]]]],"data_offsets":[0,8]}}""", "safetensors")]
    [DataRow("""{"__metadata__":{"x":{}},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "StartObject")]
    [DataRow("""{"a":1}""", "Number stands")]
    [DataRow("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} {}""", "safetensors")]
    [DataRow("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""", "safetensors")]
    public void Parse_BadHeader_IsRefusedWithItsReason(string header, string reason)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        KarlFormatException error = Assert.ThrowsExactly<KarlFormatException>(
            () => Checkpoint.Parse((byte[])[.. BitConverter.GetBytes((long)text.Length), .. text, .. new byte[8]], "bad.safetensors"));
        Assert.Contains("bad.safetensors", error.Message);
        Assert.Contains(reason, error.Message);
    }

    [TestMethod]
    public void Parse_CutAnywhere_IsRefused()
    {
        byte[] whole = Write([new("s", ArrayElementType.Float32, [2], () => new byte[8])]);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.ThrowsExactly<KarlFormatException>(() => Checkpoint.Parse(whole.AsMemory(0, length), "cut.safetensors"));
        }
    }

    internal static byte[] Write(IEnumerable<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using MemoryStream stream = new();
        SafetensorsWriter.Write(stream, tensors, metadata);
        return stream.ToArray();
    }
}
