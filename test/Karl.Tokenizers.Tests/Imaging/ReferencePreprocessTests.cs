using Karl.Testing;
using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Tests.Imaging;

/// <summary>Ours against what PIL and torchvision made of the same pixels.</summary>
[TestClass]
public sealed class ReferencePreprocessTests
{
    private static readonly string[] Photos = ["n02692877_airship", "n01443537_goldfish", "n01882714_koala", "n03272010_electric_guitar"];

    private static readonly string[] WithAllKinds = ["n01443537_goldfish", "n01882714_koala", "synth_257x513", "synth_100x77"];

    private static readonly string[] BicubicOnly =
        ["n02692877_airship", "n03272010_electric_guitar", "synth_300x451", "synth_640x333", "synth_256x256"];

    private static IEnumerable<object[]> Cases() =>
    [
        .. from key in WithAllKinds from kind in new[] { "bicubic_crop", "bilinear_crop", "crop_only" } select new object[] { key, kind },
        .. from key in BicubicOnly select new object[] { key, "bicubic_crop" },
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Process_RecordedPixels_EqualsThePythonStackBitForBit(string key, string kind)
    {
        string file = Photos.Contains(key) ? key + ".decoded.png" : key + ".png";
        RgbImage source = new ImageDecoder().Decode(SharedFiles.Require("reference", "preprocess", file));
        RgbImage ours = new ImagePreprocessor(OptionsFor(kind)).Process(source);
        byte[] expected = RecordedPixels.Read($"{key}.{kind}");
        int differing = ours.Pixels.ToArray().Zip(expected).Count(pair => pair.First != pair.Second);
        Assert.AreEqual(expected.Length, ours.Pixels.Length);
        Assert.AreEqual(0, differing, $"{differing} of {expected.Length} bytes differ.");
    }

    [TestMethod]
    [DynamicData(nameof(PhotoCases))]
    public void Process_RecordedJpeg_StaysWithinHalfALevelOnAverage(string photo)
    {
        RgbImage source = new ImageDecoder().Decode(SharedFiles.Require("reference", "preprocess", photo + ".jpg"));
        RgbImage ours = new ImagePreprocessor().Process(source);
        byte[] expected = RecordedPixels.Read($"{photo}.bicubic_crop");
        double mean = ours.Pixels.ToArray().Zip(expected).Average(pair => Math.Abs(pair.First - pair.Second));
        Console.WriteLine($"mean difference {mean} of 255");
        Assert.IsLessThanOrEqualTo(0.5, mean);
    }

    private static IEnumerable<object[]> PhotoCases() => Photos.Select(photo => new object[] { photo });

    private static ImagePreprocessorOptions OptionsFor(string kind) => kind switch
    {
        "bicubic_crop" => new ImagePreprocessorOptions(),
        "bilinear_crop" => new ImagePreprocessorOptions { Resampling = Resampling.Bilinear },
        _ => new ImagePreprocessorOptions { Fit = ImageFit.CropOnly },
    };
}
