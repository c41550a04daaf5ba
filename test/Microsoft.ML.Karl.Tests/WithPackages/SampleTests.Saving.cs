using Karl.Samples;

namespace Microsoft.ML.Karl.Tests;

/// <summary>What takes models that can be saved.</summary>
public sealed partial class SampleTests
{
    [TestMethod]
    public void SaveAndServe_PredictsWhatItWasNotTrainedOn()
    {
        using Workplace place = new();
        string folder = Classes(place, "photos", 8);
        string[] lines = Printed(() => SaveAndServe.Run(place.Model, folder));
        Assert.HasCount(5, lines, "a line for each of four images that were held out, and the last");
        StringAssert.Matches(lines[0], new("^3.png: (dark|light), is dark$"));
        int right = lines[..^1].Count(line => line.Split(' ')[1].TrimEnd(',') == line.Split(' ')[3]);
        Assert.IsGreaterThan(2, right, "dark and light are easy to tell");
        Assert.AreEqual($"{right} of 4 right", lines[^1]);
    }

    [TestMethod]
    public void LinearProbe_PrintsATable()
    {
        using Workplace place = new();
        Classes(place, Path.Combine("photos", "train"), 6);
        Classes(place, Path.Combine("photos", "test"), 3);
        string[] lines = Printed(() => LinearProbe.Run(place.Model, place["photos"], [8]));
        Assert.AreEqual("12 images to train on, 6 to test on", lines[0]);
        string[] features = [.. lines[3..].Select(line => line.Split('|')[1].Trim())];
        CollectionAssert.IsSubsetOf(
            new[] { "raw pixels, 32 x 32", "MaskedMeanAndProducts, 8 tokens", "PaddedTokensAndProducts, 8 tokens", "PaddedTokensAndProducts, as many tokens as an image needs", "thumbnail, 5 x 5", "thumbnail, 8 x 8" }, features);
        Assert.AreEqual("8.0", lines.Single(line => line.Contains("PaddedTokensAndProducts, 8 tokens", StringComparison.Ordinal)).Split('|')[3].Trim());
        Assert.IsTrue(lines[3..].All(line => line.Split('|')[4..7].All(accuracy => accuracy.TrimEnd().EndsWith('%'))));
    }
}
