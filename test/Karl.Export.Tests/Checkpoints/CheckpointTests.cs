using System.Security.Cryptography;
using Karl.Tokenizers;
using Karl.Tokenizers.Arrays;

namespace Karl.Export.Checkpoints;

[TestClass]
public sealed class CheckpointTests
{
    private static readonly byte[] SixFloats = TorchFile.Bytes(0f, 1, 2, 3, 4, 5);

    [TestMethod]
    public void Parse_TrainingCheckpoint_ShowsEntriesWeightsAndArguments()
    {
        using Checkpoint checkpoint = Checkpoint.Parse(TrainingFile(), "run.pth");
        Assert.AreEqual(CheckpointFormat.PyTorch, checkpoint.Format);
        CollectionAssert.AreEqual(new[] { "model", "ema", "epoch", "args" }, checkpoint.Entries.Select(entry => entry.Name).ToArray());
        CollectionAssert.AreEqual(new[] { true, true, false, false }, checkpoint.Entries.Select(entry => entry.IsStateDict).ToArray());
        Assert.AreEqual("7", checkpoint.Entries[2].Value);
        CollectionAssert.AreEqual(
            new[] { new CheckpointArgument("model", "karl_small"), new("lr", "0.5"), new("betas", "(1, 2)"), new("nested.flag", "True") },
            checkpoint.Arguments.ToArray());
        CollectionAssert.AreEqual(new[] { 3f, 4, 5 }, checkpoint.Weights()["w"].ReadFloat32());
        CollectionAssert.AreEqual(new[] { 0f, 1, 2 }, checkpoint.Weights("model")["w"].ReadFloat32());
        Assert.AreEqual("run.pth: ema", checkpoint.Weights().Source);
    }

    [TestMethod]
    public void Weights_UnknownName_ListsThoseThereAre()
    {
        using Checkpoint checkpoint = Checkpoint.Parse(TrainingFile(), "run.pth");
        string message = Assert.ThrowsExactly<KarlFormatException>(() => checkpoint.Weights("teacher")).Message;
        Assert.Contains("'model', 'ema'", message);
        using Checkpoint bare = Checkpoint.Parse(TorchFile.Make(TorchFile.OneTensor("Float", 6, 0, [6], [1]), SixFloats), "bare.bin");
        Assert.Contains("do not name any", Assert.ThrowsExactly<KarlFormatException>(() => bare.Weights("ema")).Message);
        Assert.HasCount(1, bare.Weights());
    }

    [TestMethod]
    public void ComputeProvenance_AnyFile_TellsLengthAndHash()
    {
        byte[] file = TrainingFile();
        using Checkpoint checkpoint = Checkpoint.Parse(file, "run.pth");
        Assert.AreEqual(
            new CheckpointProvenance("run.pth", CheckpointFormat.PyTorch, file.Length, Convert.ToHexStringLower(SHA256.HashData(file))),
            checkpoint.ComputeProvenance());
    }

    [TestMethod]
    [DataRow(new long[] { 2, 3 }, new long[] { 3, 1 }, 0, new[] { 0f, 1, 2, 3, 4, 5 })]
    [DataRow(new long[] { 3, 2 }, new long[] { 1, 3 }, 0, new[] { 0f, 3, 1, 4, 2, 5 })]
    [DataRow(new long[] { 2 }, new long[] { 2 }, 1, new[] { 1f, 3 })]
    [DataRow(new long[] { 2, 2 }, new long[] { 0, 1 }, 4, new[] { 4f, 5, 4, 5 })]
    [DataRow(new long[0], new long[0], 5, new[] { 5f })]
    [DataRow(new long[] { 1, 6, 1 }, new long[] { 99, 1, 77 }, 0, new[] { 0f, 1, 2, 3, 4, 5 })]
    [DataRow(new long[] { 0, 4 }, new long[] { 4, 1 }, 0, new float[0])]
    public void ReadFloat32_AnyView_GathersItsElements(long[] shape, long[] strides, int offset, float[] expected)
    {
        using Checkpoint checkpoint = Checkpoint.Parse(TorchFile.Make(TorchFile.OneTensor("Float", 6, offset, shape, strides), SixFloats), "views.pth");
        CheckpointTensor tensor = checkpoint.Weights()["w"];
        CollectionAssert.AreEqual(shape, tensor.Shape.ToArray());
        CollectionAssert.AreEqual(expected, tensor.ReadFloat32());
        CollectionAssert.AreEqual(TorchFile.Bytes(expected), tensor.ReadBytes());
    }

    [TestMethod]
    public void Read_EveryStorageType_Converts()
    {
        AssertReads("Half", TorchFile.Bytes((Half)1.5, (Half)(-2)), [1.5f, -2], null);
        AssertReads("BFloat16", TorchFile.Bytes<ushort>(0x3FC0, 0xC000), [1.5f, -2], null);
        AssertReads("Double", TorchFile.Bytes(1.5, -2), [1.5f, -2], null);
        AssertReads("Long", TorchFile.Bytes<long>(7, -2), [7, -2], [7, -2]);
        AssertReads("Int", TorchFile.Bytes(7, -2), [7, -2], [7, -2]);
        AssertReads("Short", TorchFile.Bytes<short>(7, -2), [7, -2], [7, -2]);
        AssertReads("Char", TorchFile.Bytes<sbyte>(7, -2), [7, -2], [7, -2]);
        AssertReads("Byte", [7, 254], [7, 254], [7, 254]);
        AssertReads("Bool", [1, 0], [1, 0], [1, 0]);
    }

    [TestMethod]
    public void Parse_TwoTensorsInOneStorage_ReadTheSameBytes()
    {
        byte[] pickle = new PickleWriter().OrderedDictionary().Op('(')
            .Text("a").Tensor("Float", "0", 6, 0, [6], [1])
            .Text("b").Tensor("Float", "0", 6, 2, [2, 2], [2, 1])
            .Op('u').Stop();
        using Checkpoint checkpoint = Checkpoint.Parse(TorchFile.Make(pickle, SixFloats), "shared.pth");
        CollectionAssert.AreEqual(new[] { 2f, 3, 4, 5 }, checkpoint.Weights()["b"].ReadFloat32());
        CollectionAssert.AreEqual(new[] { 0f, 1, 2, 3, 4, 5 }, checkpoint.Weights()["a"].ReadFloat32());
    }

    [TestMethod]
    public void Parse_ProtocolFourOpcodesParametersAndNumpyNumbers_Reads()
    {
        PickleWriter writer = new();
        writer.Raw(0x80, 4, 0x95, 0, 0, 0, 0, 0, 0, 0, 0).Op('}').Raw(0x94).Op('(')
            .Text("state_dict").Op('}').Text("w").StackGlobal("torch._utils", "_rebuild_parameter").Op('(').Tensor("Float", "0", 6, 0, [6], [1]).Flag(true).OrderedDictionary().Op('t').Op('R').Op('s')
            .Text("best").Global("numpy.core.multiarray", "scalar").Op('(')
            .Global("numpy", "dtype").Op('(').Text("f8").Flag(false).Flag(true).Op('t').Op('R')
            .Op('(').Number(3).Text("<").Op('N').Op('N').Op('N').Number(-1).Number(-1).Number(0).Op('t').Op('b')
            .Global("_codecs", "encode").Text("\0\0\0\0\0\0\u00e0?").Text("latin1").Raw(0x86).Op('R').Op('t').Op('R')
            .Text("tags").Raw(0x8f).Op('(').Text("x").Raw(0x90)
            .Text("device").Global("torch", "device").Text("cuda").Number(0).Raw(0x86).Op('R')
            .Op('u');
        using Checkpoint checkpoint = Checkpoint.Parse(TorchFile.Make(writer.Stop(), SixFloats), "lightning.ckpt");
        Assert.AreEqual("0.5", checkpoint.Entries.Single(entry => entry.Name == "best").Value);
        Assert.AreEqual("set of 1", checkpoint.Entries.Single(entry => entry.Name == "tags").Description);
        Assert.AreEqual(6, checkpoint.Weights()["w"].Count);
    }

    [TestMethod]
    public void ReadFloat32_DamagedStorage_FailsTheChecksumUnlessItIsOff()
    {
        byte[] file = TorchFile.Make(TorchFile.OneTensor("Float", 6, 0, [2], [1]), SixFloats);
        file[file.AsSpan().IndexOf(SixFloats) + 20] ^= 1;
        using Checkpoint strict = Checkpoint.Parse(file, "flipped.pth");
        Assert.Contains("checksum", Assert.ThrowsExactly<KarlFormatException>(() => strict.Weights()["w"].ReadFloat32()).Message);
        using Checkpoint trusting = Checkpoint.Parse(file, "flipped.pth", new CheckpointOptions { VerifyChecksums = false });
        CollectionAssert.AreEqual(new[] { 0f, 1 }, trusting.Weights()["w"].ReadFloat32());
    }

    [TestMethod]
    public void ReadInt64_FloatingPoint_IsRefused()
    {
        using Checkpoint checkpoint = Checkpoint.Parse(TorchFile.Make(TorchFile.OneTensor("Float", 6, 0, [6], [1]), SixFloats), "x.pth");
        Assert.ThrowsExactly<KarlFormatException>(() => checkpoint.Weights()["w"].ReadInt64());
        Assert.ThrowsExactly<ArgumentException>(() => checkpoint.Weights()["w"].ReadFloat32(new float[5]));
        Assert.ThrowsExactly<KarlFormatException>(() => checkpoint.Weights()["v"]);
        Assert.AreEqual(ArrayElementType.Float32, checkpoint.Weights()["w"].Type);
    }

    internal static byte[] TrainingFile()
    {
        PickleWriter writer = new PickleWriter().Op('}').Op('(')
            .Text("model").OrderedDictionary().Op('(').Text("w").Tensor("Float", "0", 6, 0, [3], [1]).Op('u')
            .Op('}').Text("_metadata").OrderedDictionary().Op('s').Op('b')
            .Text("ema").OrderedDictionary().Op('(').Text("w").Tensor("Float", "0", 6, 3, [3], [1]).Op('u')
            .Text("epoch").Number(7)
            .Text("args").Global("argparse", "Namespace").Op(')').Raw(0x81).Op('}').Op('(')
            .Text("model").Text("karl_small").Text("lr").Real(0.5).Text("betas").Numbers(1, 2)
            .Text("nested").Op('}').Text("flag").Flag(true).Op('s').Op('u').Op('b').Op('u');
        return TorchFile.Make(writer.Stop(), SixFloats);
    }

    private static void AssertReads(string type, byte[] bytes, float[] expected, long[]? whole)
    {
        using Checkpoint checkpoint = Checkpoint.Parse(TorchFile.Make(TorchFile.OneTensor(type, 2, 0, [2], [1]), bytes), "types.pth");
        CheckpointTensor tensor = checkpoint.Weights()["w"];
        CollectionAssert.AreEqual(expected, tensor.ReadFloat32());
        using Checkpoint reversed = Checkpoint.Parse(TorchFile.Make(TorchFile.OneTensor(type, 2, 0, [2, 2], [0, 1]), bytes), "types.pth");
        CollectionAssert.AreEqual(expected.Concat(expected).ToArray(), reversed.Weights()["w"].ReadFloat32());
        if (whole is not null)
        {
            CollectionAssert.AreEqual(whole, tensor.ReadInt64());
        }
    }
}
