using Karl.Samples;
using Karl.Tokenizers.Imaging;

namespace Microsoft.ML.Karl.Tests;

/// <summary>The samples, as they stand in the repository, with a tiny model. They print, so one at a time.</summary>
[TestClass]
[DoNotParallelize]
public sealed class SampleTests
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
    public void SaveAndServe_PredictsEachImage()
    {
        using Workplace place = new();
        string folder = Classes(place, "photos", 4);
        string[] lines = Printed(() => SaveAndServe.Run(place.Model, folder));
        Assert.HasCount(8, lines);
        StringAssert.Matches(lines[0], new("^0.png: (dark|light), is dark$"));
        Assert.IsGreaterThan(5, lines.Count(line => line.Split(' ')[1].TrimEnd(',') == line.Split(' ')[3]), "the probe knows most of what it was trained on");
    }

    [TestMethod]
    public void LinearProbe_PrintsATable()
    {
        using Workplace place = new();
        Classes(place, Path.Combine("photos", "train"), 6);
        Classes(place, Path.Combine("photos", "test"), 3);
        string[] lines = Printed(() => LinearProbe.Run(place.Model, place["photos"], [8, 32]));
        Assert.AreEqual("12 images to train on, 6 to test on", lines[0]);
        string[] features = [.. lines[3..].Select(line => line.Split('|')[1].Trim())];
        CollectionAssert.IsSubsetOf(
            new[] { "raw pixels, 32 x 32", "MaskedMeanAndDeviation, budget 8", "PaddedTokens, budget 8", "PaddedTokens, budget 32", "thumbnail, 2 x 2", "thumbnail, 5 x 5" }, features);
        Assert.IsTrue(lines[3..].All(line => line.Split('|')[4..7].All(accuracy => accuracy.TrimEnd().EndsWith('%'))));
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
