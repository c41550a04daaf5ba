using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Arrays;

namespace Karl.Export.Checkpoints;

[TestClass]
public sealed class CheckpointMutationTests
{
    private const long MemoryLimit = 64 << 20;

    private static readonly CheckpointOptions SmallTensors = new() { MaximumTensorElements = 1 << 20 };

    [TestMethod]
    public void Damaged_Checkpoints_AreReadOrRefused() => Damage(300);

    [TestMethod]
    [TestCategory("Mutation")]
    public void Damaged_CheckpointsThousandsOfTimes_AreReadOrRefused() => Damage(10_000);

    private static void Damage(int count)
    {
        byte[] archive = CheckpointTests.TrainingFile();
        byte[] safetensors = SafetensorsTests.Write(
            [new("a", ArrayElementType.Float32, [2, 3], () => new byte[24]), new("b", ArrayElementType.Int64, [], () => new byte[8])],
            new Dictionary<string, string> { ["format"] = "pt" });
        Assert.IsGreaterThan(count / 2, Mutations.AssertRefusesOrReads<KarlFormatException>(archive, 1, count, MemoryLimit, bytes => ReadAll(bytes, SmallTensors)));
        Mutations.AssertRefusesOrReads<KarlFormatException>(archive, 2, count, MemoryLimit, bytes => ReadAll(bytes, SmallTensors with { VerifyChecksums = false }));
        Assert.IsGreaterThan(count / 2, Mutations.AssertRefusesOrReads<KarlFormatException>(safetensors, 3, count, MemoryLimit, bytes => ReadAll(bytes, SmallTensors)));

        // The pickle alone, in an archive that is otherwise sound, so that damage reaches the interpreter.
        byte[] pickle = new PickleWriter().Op('}').Op('(')
            .Text("a").Tensor("Float", "0", 6, 1, [2, 2], [1, 2]).Text("b").Tensor("Half", "1", 4, 0, [4], [1])
            .Text("c").Global("torch._utils", "_rebuild_parameter").Op('(').Tensor("Float", "0", 6, 0, [3], [0]).Flag(true).OrderedDictionary().Op('t').Op('R').Op('u').Stop();
        int refused = Mutations.AssertRefusesOrReads<KarlFormatException>(
            pickle, 4, count, MemoryLimit, bytes => ReadAll(TorchFile.Make(bytes, new byte[24], new byte[8]), SmallTensors));
        Assert.IsGreaterThan(count / 2, refused);
    }

    private static void ReadAll(byte[] bytes, CheckpointOptions options)
    {
        using Checkpoint checkpoint = Checkpoint.Parse(bytes, "x", options);
        foreach (CheckpointEntry entry in checkpoint.Entries.Where(entry => entry.IsStateDict))
        {
            foreach (CheckpointTensor tensor in checkpoint.Weights(entry.Name))
            {
                tensor.ReadFloat32();
            }
        }
    }
}
