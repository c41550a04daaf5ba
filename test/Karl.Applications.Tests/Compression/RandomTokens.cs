using Karl.Applications.Compression;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Tests.Compression;

/// <summary>Tokens of all shapes that a file may hold, the same for the same seed.</summary>
internal static class RandomTokens
{
    public static TokenArchiveSettings Settings(int? codebook, int budget, int maximum, int imagesPerBlock = 256, int latentWidth = 0) => new()
    {
        Model = "0123456789abcdef",
        ModelName = "some model.karl",
        ImageSize = 64,
        MaximumBudget = maximum,
        Budget = budget,
        Epsilon = 0.05f,
        CodebookSize = codebook,
        LatentWidth = latentWidth,
        LatentStep = latentWidth > 0 ? 1f / 32 : 0,
        ImagesPerBlock = imagesPerBlock,
    };

    public static TokenSequence[] Sequences(TokenArchiveSettings settings, int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(number => Sequence(settings, number, random))];
    }

    /// <summary>By number: none, all, the first, the last, a prefix, some prefix with stragglers, and any.</summary>
    private static TokenSequence Sequence(TokenArchiveSettings settings, int number, Random random)
    {
        int budget = settings.Budget, prefix = random.Next(budget + 1);
        Func<int, bool> isKept = (number % 7) switch
        {
            0 => _ => false,
            1 => _ => true,
            2 => position => position == 0,
            3 => position => position == budget - 1,
            4 => position => position < prefix,
            5 => position => position < prefix || random.Next(10) == 0,
            _ => _ => random.Next(2) == 0,
        };
        int[] positions = [.. Enumerable.Range(0, budget).Where(isKept)];
        return settings.CodebookSize is int codebook
            ? TokenSequence.FromCodes(positions, [.. positions.Select(position => Code(position, codebook, random))], codebook, budget, settings.Epsilon)
            : TokenSequence.FromLatents(positions, [.. Enumerable.Range(0, positions.Length * settings.LatentWidth).Select(_ => (float)((random.NextDouble() * 8) - 4))], settings.LatentWidth, budget, settings.Epsilon);
    }

    /// <summary>Any code, the last of the book, or one that is frequent at its position.</summary>
    private static int Code(int position, int codebook, Random random) => random.Next(4) switch
    {
        0 => random.Next(codebook),
        1 => codebook - 1,
        _ => (int)(position * 7919L % codebook),
    };

    public static byte[] Write(TokenArchiveSettings settings, TokenSequence[] sequences, TokenStatistics? statistics = null)
    {
        MemoryStream stream = new();
        using TokenArchiveWriter writer = new(stream, settings, statistics);
        for (int index = 0; index < sequences.Length; index++)
        {
            writer.Add($"photos/{index / 10}/{index}.jpg", sequences[index]);
        }

        writer.Complete();
        Assert.AreEqual(stream.Length, writer.FileBytes);
        return stream.ToArray();
    }

    public static void AssertSame(TokenSequence expected, TokenSequence found)
    {
        Assert.IsTrue(expected.Positions.SequenceEqual(found.Positions), $"{expected} came back as {found}.");
        Assert.IsTrue(expected.Codes.SequenceEqual(found.Codes), $"{expected} came back with other codes.");
        Assert.AreEqual((expected.CodebookSize, expected.Budget, expected.Epsilon, expected.LatentWidth), (found.CodebookSize, found.Budget, found.Epsilon, found.LatentWidth));
    }
}
