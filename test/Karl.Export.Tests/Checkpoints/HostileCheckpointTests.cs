using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Karl.Tokenizers;

namespace Karl.Export.Checkpoints;

[TestClass]
public sealed class HostileCheckpointTests
{
    private const long MemoryLimit = 400 << 20;

    [TestMethod]
    public void Parse_PickleThatCalls_IsRefusedByName()
    {
        AssertRefused(new PickleWriter().Global("os", "system").Text("touch /hacked").Raw(0x85).Op('R').Stop(), "os.system");
        AssertRefused(new PickleWriter().StackGlobal("posix", "system").Text("x").Raw(0x85).Op('R').Stop(), "posix.system");
        AssertRefused(new PickleWriter().Op('(').Text("x").Op('i').Raw(Encoding.ASCII.GetBytes("os\nsystem\n")).Stop(), "os.system");
        AssertRefused(new PickleWriter().Op('(').Global("subprocess", "Popen").Text("x").Op('o').Stop(), "subprocess.Popen");
        AssertRefused(new PickleWriter().Global("builtins", "eval").Text("x").Raw(0x85).Raw(0x81).Stop(), "builtins.eval");
        AssertRefused(new PickleWriter().Global("torch.nn.modules.linear", "Linear").Op(')').Op('R').Stop(), "torch.nn.modules.linear.Linear");
        AssertRefused(new PickleWriter().Global("collections", "OrderedDict\u001b[2J").Stop(), "OrderedDict?[2J");
    }

    [TestMethod]
    public void Parse_OpcodesThatBuildObjects_AreRefused()
    {
        AssertRefused(new PickleWriter().Op('}').Op('}').Op('b').Stop(), "a state for dictionary");
        AssertRefused(new PickleWriter().Text("x").Op('}').Op('b').Stop(), "a state for text");
        AssertRefused(new PickleWriter().Op('(').Global("collections", "OrderedDict").Op('o').Stop(), "operation 0x6f");
        AssertRefused(new PickleWriter().Raw(0x82, 1).Stop(), "operation 0x82");
        AssertRefused(new PickleWriter().Op('P').Raw("0\n"u8.ToArray()).Stop(), "operation 0x50");
        AssertRefused(new PickleWriter().Raw(0x97).Stop(), "operation 0x97");
        AssertRefused(new PickleWriter().Text("os.system").Text("x").Raw(0x85).Op('R').Stop(), "an allowed name");
        AssertRefused(new PickleWriter().OrderedDictionary().Op(')').Op('R').Stop(), "an allowed name");
        AssertRefused(new PickleWriter().Global("torch", "FloatStorage").Op(')').Op('R').Stop(), "a call of 'torch.FloatStorage'");
        AssertRefused(new PickleWriter().Global("collections", "OrderedDict").Numbers(1).Op('R').Stop(), "does not take");
    }

    [TestMethod]
    public void Parse_PersistentTricks_AreRefused()
    {
        AssertRefused(new PickleWriter().Text("0").Op('Q').Stop(), "a storage reference");
        AssertRefused(new PickleWriter().Op(')').Op('Q').Stop(), "no storage");
        AssertRefused(new PickleWriter().Op('(').Text("module").Global("torch", "FloatStorage").Text("0").Text("cpu").Number(1).Op('t').Op('Q').Stop(), "no storage");
        AssertRefused(new PickleWriter().Storage("Float", "../../etc/passwd", 1).Stop(), "is missing");
        AssertRefused(new PickleWriter().Op('}').Text("w").Storage("Float", "0", -1).Op('s').Stop(), "no storage");
    }

    [TestMethod]
    [DataRow(7L, 0L, new long[] { 7 }, new long[] { 1 }, "declared as 7 Float32, but holds 24 bytes")]
    [DataRow(5L, 0L, new long[] { 5 }, new long[] { 1 }, "declared as 5 Float32")]
    [DataRow(long.MaxValue, 0L, new long[] { 5 }, new long[] { 1 }, "declared as")]
    [DataRow(6L, 0L, new long[] { 7 }, new long[] { 1 }, "leaves its storage")]
    [DataRow(6L, 1L, new long[] { 6 }, new long[] { 1 }, "leaves its storage")]
    [DataRow(6L, -1L, new long[] { 6 }, new long[] { 1 }, "offset -1")]
    [DataRow(6L, 5L, new long[] { 6 }, new long[] { -1 }, "negative")]
    [DataRow(6L, 0L, new long[] { -6 }, new long[] { 1 }, "negative")]
    [DataRow(6L, 0L, new long[] { 6 }, new long[0], "with stride []")]
    [DataRow(6L, 0L, new[] { 1_000_000_000_000 }, new long[] { 0 }, "at most 268435456 a tensor")]
    [DataRow(6L, 0L, new[] { 1L << 40, 1L << 40 }, new long[] { 0, 0 }, "leaves its storage")]
    [DataRow(6L, 0L, new[] { 3L, 3 }, new[] { long.MaxValue, long.MaxValue }, "leaves its storage")]
    public void Parse_LyingTensor_IsRefused(long count, long offset, long[] shape, long[] strides, string reason)
        => AssertRefused(TorchFile.OneTensor("Float", count, offset, shape, strides), reason);

    [TestMethod]
    public void Parse_ManyExpandedTensors_AreRefusedByTheirSum()
    {
        PickleWriter writer = new PickleWriter().Op('}').Op('(');
        for (int index = 0; index < 100; index++)
        {
            writer.Text($"w{index}").Tensor("Float", "0", 6, 0, [1 << 28], [0]);
        }

        AssertRefused(writer.Op('u').Stop(), "in all are read");
    }

    [TestMethod]
    public void Parse_StorageDeclaredTwoWays_IsRefused()
        => AssertRefused(
            new PickleWriter().Op('}').Op('(').Text("a").Tensor("Float", "0", 6, 0, [6], [1]).Text("b").Tensor("Int", "0", 6, 0, [6], [1]).Op('u').Stop(),
            "declared as 6 Float32 and again as 6 Int32");

    [TestMethod]
    public void Parse_Bombs_EndInTimeAndMemory()
    {
        // A list in a list in a list ... ; a tuple of two of a tuple of two ... ; two million dictionaries; marks without end.
        PickleWriter nested = new();
        nested.Raw([.. Enumerable.Repeat((byte)']', 500_000), .. Enumerable.Repeat((byte)'a', 499_999)]);
        AssertRefused(nested.Stop(), "not a dictionary");
        PickleWriter doubling = new PickleWriter().Op('}').Text("args").Op('}').Text("x").Op(')');
        for (int index = 0; index < 500; index++)
        {
            doubling.Op('q').Raw(0).Op('h').Raw(0).Raw(0x86);
        }

        using (Checkpoint checkpoint = Checkpoint.Parse(TorchFile.Make(doubling.Op('s').Op('s').Stop()), "doubling.pth"))
        {
            Assert.HasCount(1, checkpoint.Entries);
            Assert.IsLessThanOrEqualTo(410, checkpoint.Arguments.Single().Value.Length);
        }

        AssertRefused(new PickleWriter().Raw([.. Enumerable.Repeat((byte)'}', 5_000_000)]).Stop(), "more than 2000000 operations");
        AssertRefused(new PickleWriter().Raw([.. Enumerable.Repeat((byte)'(', 5_000_000)]).Stop(), "nested groups");
        PickleWriter copying = new PickleWriter().Op(']').Op('(').Raw([.. Enumerable.Repeat((byte)'N', 500_000)]).Op('e').Raw(0x85).Op('q').Raw(1);
        for (int index = 0; index < 100; index++)
        {
            copying.Global("builtins", "set").Op('h').Raw(1).Op('R');
        }

        AssertRefused(copying.Stop(), "more than 2000000 operations");
    }

    [TestMethod]
    public void Parse_LengthsBeyondTheEnd_AreRefusedBeforeAllocating()
    {
        AssertRefused(new PickleWriter().Raw(0x8d, 255, 255, 255, 255, 255, 255, 255, 127).Stop(), "above the limit");
        AssertRefused(new PickleWriter().Raw(0x8e, 255, 255, 255, 255, 255, 255, 255, 255).Stop(), "more bytes should be");
        AssertRefused(new PickleWriter().Raw(0x8b, 255, 255, 255, 255).Stop(), "whole number of");
        AssertRefused(new PickleWriter().Op('r').Raw(255, 255, 255, 255).Stop(), "fewer values");
        AssertRefused(new PickleWriter().Op('h').Raw(9).Stop(), "never kept");
        AssertRefused(new PickleWriter().Op('t').Stop(), "nothing started");
        AssertRefused(new PickleWriter().Op('(').Op('0').Stop(), "fewer values");
        AssertRefused(new PickleWriter().Op('}').Op('(').Number(1).Op('u').Stop(), "a key without a value");
        AssertRefused(new PickleWriter().Op('}').Op(']').Number(1).Op('s').Stop(), "dictionary key");
        AssertRefused(new PickleWriter().Op('}').Text("a").Number(1).Op('s').Text("a").Number(2).Op('s').Stop(), "there twice");
        AssertRefused(new PickleWriter().Op('N').Op('N').Stop(), "left over");
        AssertRefused(new PickleWriter().Raw(0x80, 9).Stop(), "protocol 9");
        AssertRefused([], "truncated");
    }

    [TestMethod]
    public void Parse_CutAnywhere_IsRefused()
    {
        byte[] whole = CheckpointTests.TrainingFile();
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.ThrowsExactly<KarlFormatException>(() => Checkpoint.Parse(whole.AsMemory(0, length), "cut.pth"));
        }
    }

    [TestMethod]
    public void Parse_PickleCutAnywhereInASoundArchive_IsRefused()
    {
        byte[] pickle = TorchFile.OneTensor("Float", 6, 0, [6], [1]);
        for (int length = 0; length < pickle.Length; length++)
        {
            AssertRefused(pickle[..length], "bad.pth");
        }
    }

    [TestMethod]
    public void Parse_OtherArchivesAndFormats_AreNamed()
    {
        byte[] pickle = TorchFile.OneTensor("Float", 6, 0, [6], [1]);
        byte[] storage = new byte[24];
        AssertFileRefused(Zip(("a/data.pkl", pickle), ("a/byteorder", "big"u8.ToArray()), ("a/data/0", storage)), "'big' order");
        AssertFileRefused(Zip(("a/data.pkl", pickle), ("a/constants.pkl", pickle), ("a/data/0", storage)), "TorchScript");
        AssertFileRefused(Zip(("a/data.pkl", pickle), ("a/code/x.py", pickle), ("a/data/0", storage)), "TorchScript");
        AssertFileRefused(Zip(("a/data.pkl", pickle), ("b/data/0", storage)), "outside of its folder");
        AssertFileRefused(Zip(("a/data.pkl", pickle), ("b/data.pkl", pickle)), "more than one");
        AssertFileRefused(Zip(("a/data.pkl", pickle), ("a/version", "99"u8.ToArray()), ("a/data/0", storage)), "version is '99'");
        AssertFileRefused(Zip(("a/data.pkl", pickle)), "'a/data/0' is missing");
        AssertFileRefused(Zip(("manifest.json", pickle)), "'manifest.json'");
        AssertFileRefused(Zip(), "no 'data.pkl'");
        AssertFileRefused([0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'], "_use_new_zipfile_serialization=True");
        AssertFileRefused([0x80, 4, (byte)'.'], "bare pickle");
        AssertFileRefused("version https://git-lfs.github.com/spec/v1"u8.ToArray(), "git lfs pull");
        AssertFileRefused("<!DOCTYPE html>"u8.ToArray(), "web page");
        AssertFileRefused([], "empty");
    }

    [TestMethod]
    public void Parse_CompressedStorageOrPickleBomb_IsRefused()
    {
        byte[] pickle = TorchFile.OneTensor("Byte", 100_000_000, 0, [100_000_000], [1]);
        byte[] bomb = TorchFile.Zip(CompressionLevel.Optimal, ("a/data.pkl", pickle), ("a/data/0", new byte[100_000_000]));
        AssertFileRefused(bomb, "compressed, which torch.save never does");
        AssertFileRefused(TorchFile.Zip(CompressionLevel.Optimal, ("a/data.pkl", new byte[100_000_000])), "at most 67108864");
    }

    [TestMethod]
    public void Parse_MoreEntriesThanAnyCheckpoint_IsRefused()
    {
        byte[] end = new byte[22 + 20 + 56];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06064B50);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(32), 300_000);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(48), 4);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(56), 0x07064B50);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(64), 4);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(76), 0x06054B50);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(84), ushort.MaxValue);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(86), ushort.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(92), 4);
        AssertFileRefused([.. "PK\u0003\u0004"u8, .. end], "300000 entries");
    }

    private static byte[] Zip(params (string Name, byte[] Bytes)[] entries) => TorchFile.Zip(CompressionLevel.NoCompression, entries);

    private static void AssertRefused(byte[] pickle, string reason) => AssertFileRefused(TorchFile.Make(pickle, new byte[24]), reason);

    private static void AssertFileRefused(byte[] file, string reason)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        KarlFormatException error = Assert.ThrowsExactly<KarlFormatException>(() => Checkpoint.Parse(file, "bad.pth"));
        Assert.Contains("bad.pth", error.Message);
        Assert.Contains(reason, error.Message);
        Assert.IsLessThan(MemoryLimit, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
