using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Tests.Imaging;

/// <summary>Random damage to files of every accepted kind; a fixed seed, so that a failure comes back.</summary>
[TestClass]
public sealed class ImageMutationTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    [Timeout(120_000)]
    public void Decode_AFewHundredMutations_GiveAnImageOrARefusal() => Try(mutationsPerKind: 40, seed: 1);

    [TestMethod]
    [TestCategory("Mutation")]
    [Timeout(1_200_000)]
    public void Decode_ThousandsOfMutations_GiveAnImageOrARefusal() => Try(mutationsPerKind: 2000, seed: 2);

    private void Try(int mutationsPerKind, int seed)
    {
        Random random = new(seed);
        foreach ((string kind, byte[] sound) in TestImages.EncodedInEveryWay(TestImages.Waves(67, 53)))
        {
            byte[] whole = kind.Contains("JPEG", StringComparison.Ordinal) && !kind.Contains("TIFF", StringComparison.Ordinal) ? JpegFile.WithOrientation(sound, 6) : sound;
            int accepted = 0;
            for (int i = 0; i < mutationsPerKind; i++)
            {
                byte[] damaged = Mutate(whole, random);
                byte[] file = kind.Contains("PNG", StringComparison.Ordinal) && i % 2 == 0 ? PngFile.RepairChecks(damaged) : damaged;
                RgbImage? image = HostileImage.Decode(file, $"{kind}, mutation {i}");
                accepted += image is null ? 0 : 1;
                if (image is not null)
                {
                    new ImagePreprocessor(new ImagePreprocessorOptions { Size = 32 }).Process(image);
                }
            }

            TestContext.WriteLine($"{kind}: {accepted} of {mutationsPerKind} still decode, the others are refused.");
        }
    }

    /// <summary>One to six edits: a byte or a run of bytes replaced, removed, inserted or repeated; more often near the start, where headers are.</summary>
    private static byte[] Mutate(byte[] file, Random random)
    {
        List<byte> bytes = [.. file];
        int edits = 1 + random.Next(6);
        for (int i = 0; i < edits && bytes.Count > 16; i++)
        {
            int reach = random.Next(2) == 0 ? Math.Min(bytes.Count, 200) : bytes.Count;
            int at = random.Next(3) == 0 ? random.Next(reach) : Math.Min(4 + random.Next(reach), bytes.Count - 1);
            int length = Math.Min(1 + random.Next(8), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = new byte[] { 0, 1, 0x7F, 0x80, 0xFF }[random.Next(5)];
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(at, Enumerable.Range(0, length).Select(_ => (byte)random.Next(256)));
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
            }
        }

        return [.. bytes];
    }
}
