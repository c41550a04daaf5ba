using Karl.Samples;
using Karl.Tokenizers.Imaging;

namespace Microsoft.ML.Karl.Tests;

/// <summary>The samples, as they stand in the repository, with a tiny model. They print, so one at a time.</summary>
[TestClass]
[DoNotParallelize]
public sealed partial class SampleTests
{
    [TestMethod]
    public void TokenizeFolder_PrintsALineAnImage()
    {
        using Workplace place = new();
        place.Photos(3);
        string[] lines = Printed(() => TokenizeFolder.Run(place.Model, Path.GetDirectoryName(place.Model)!));
        Assert.HasCount(3, lines);
        StringAssert.Matches(lines[0], new(@"^0\.png: \d+ tokens, the first is code \d+ at position \d+$"));
    }

    [TestMethod]
    public void OrderByComplexity_PrintsTheSimplestFirst()
    {
        using Workplace place = new();
        place.Photos(6);
        File.WriteAllText(place["damaged.png"], "no image");
        string[] lines = Printed(() => OrderByComplexity.Run(place.Model, Path.GetDirectoryName(place.Model)!));
        int[] counts = [.. lines.Select(line => int.Parse(line.Split(' ')[1], null))];
        Assert.HasCount(6, lines);
        CollectionAssert.AreEqual(counts.Order().ToArray(), counts);
    }

    [TestMethod]
    public void AutoMl_PrintsTheBestOfItsTrials()
    {
        using Workplace place = new();
        string folder = Classes(place, "photos", 8);
        string[] lines = Printed(() => AutoMl.Run(place.Model, folder));
        StringAssert.Matches(lines[^1], new(@"^best of 6: 100\.0 % with error 0\.\d+, budget \d+, (MaskedMean|MaskedMeanAndDeviation|PaddedTokens)$"));
    }

    private static string Classes(Workplace place, string folder, int count)
    {
        foreach ((string name, int seed) in new[] { ("dark", 0), ("light", 100) })
        {
            Directory.CreateDirectory(place[folder, name]);
            for (int index = 0; index < count; index++)
            {
                RgbImage image = Workplace.Waves(seed + index);
                foreach (ref byte value in image.Pixels.Span)
                {
                    value = (byte)((value / 3) + seed);
                }

                ImageWriter.Write(image, place[folder, name, $"{index}.png"]);
            }
        }

        return place[folder];
    }

    private static string[] Printed(Action sample)
    {
        TextWriter before = Console.Out;
        using StringWriter output = new();
        Console.SetOut(output);
        try
        {
            sample();
        }
        finally
        {
            Console.SetOut(before);
        }

        return output.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
    }
}
