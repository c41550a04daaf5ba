using Karl.Applications.Anomalies;
using Karl.Tokenizers;
using Karl.Tokenizers.Demonstration;
using Karl.Tokenizers.Imaging;

namespace Karl.Applications.Tests.Anomalies;

/// <summary>Pages of text as what is normal, since no photos are at hand everywhere.</summary>
internal static class NormalImages
{
    public const string Name = "default.karl";

    private static readonly Lazy<(ImageTokenizer Tokenizer, AnomalyProfile Profile)> Fitted = new(() =>
    {
        ImageTokenizer tokenizer = ImageTokenizer.LoadDefault();
        return (tokenizer, Fit(tokenizer, new AnomalyOptions { FalseAlarms = 0.1 }));
    });

    public static ImageTokenizer Tokenizer => Fitted.Value.Tokenizer;

    public static AnomalyProfile Profile => Fitted.Value.Profile;

    public static AnomalyProfile Fit(ImageTokenizer tokenizer, AnomalyOptions options, int count = 80)
    {
        AnomalyFitter fitter = new(tokenizer, options, Name);
        fitter.Add(Pixels("text", 0, count));
        return fitter.Fit();
    }

    /// <summary>Pictures of a kind as the default model's input.</summary>
    public static float[] Pixels(string kind, int first, int count)
    {
        const int Values = 3 * 64 * 64;
        float[] pixels = new float[count * Values];
        DemonstrationKind drawn = DemonstrationImages.Kinds.Single(one => one.Name == kind);
        for (int index = 0; index < count; index++)
        {
            PlanarPixels.FromImage(drawn.Draw(first + index, 64), pixels.AsSpan(index * Values, Values));
        }

        return pixels;
    }
}
