using System.IO.Compression;
using Karl.Testing;

namespace Karl.Tokenizers.Arrays;

[TestClass]
public sealed class ArrayMutationTests
{
    private const long MemoryLimit = 32 << 20;

    [TestMethod]
    public void Damaged_Npy_IsReadOrRefused() => DamageNpy(300);

    [TestMethod]
    public void Damaged_Npz_IsReadOrRefused() => DamageNpz(300);

    [TestMethod]
    [TestCategory("Mutation")]
    public void Damaged_NpyThousandsOfTimes_IsReadOrRefused() => DamageNpy(20_000);

    [TestMethod]
    [TestCategory("Mutation")]
    public void Damaged_NpzThousandsOfTimes_IsReadOrRefused() => DamageNpz(20_000);

    private static void DamageNpy(int count)
    {
        byte[] file = NpyArrayTests.Bytes(NpyArray.Create<float>(new float[24], 2, 3, 4));
        int refused = Mutations.AssertRefusesOrReads<KarlFormatException>(file, 1, count, MemoryLimit, bytes => NpyArray.Parse(bytes, "x.npy").ToFloat32());
        Assert.IsGreaterThan(count / 4, refused);
    }

    private static void DamageNpz(int count)
    {
        byte[] stored = NpzWriterTests.WriteTwo();
        byte[] deflated = NpzArchiveTests.Zip(CompressionLevel.Optimal, ("a.npy", NpzArchiveTests.Npy(new int[100])), ("b.npy", NpzArchiveTests.Npy(1, 2)));
        foreach (byte[] file in new[] { stored, deflated })
        {
            int refused = Mutations.AssertRefusesOrReads<KarlFormatException>(file, 2, count, MemoryLimit, ReadAll);
            Assert.IsGreaterThan(count / 2, refused);
        }
    }

    private static void ReadAll(byte[] bytes)
    {
        using NpzArchive archive = NpzArchive.Parse(bytes, "x.npz", maximumArrayBytes: 1 << 20);
        foreach (string key in archive.Keys)
        {
            _ = archive[key];
        }
    }
}
