using System.Globalization;
using Karl.Export.Exporting;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.Sheets;
using Karl.Tokenizers.Tokenization;

namespace Karl.Training.Runs.Internals;

/// <summary>A look at a network while it is trained: some images at several budgets and at several errors asked for.</summary>
internal static class ReconstructionSheet
{
    private const float Unlimited = 0;
    private static readonly float[] Epsilons = [0.05f, 0.09f, 0.16f];

    /// <summary>Exports the checkpoint beside the picture, tokenizes the images, and draws.</summary>
    public static void Write(string checkpointPath, string sheetPath, IEnumerable<string> imagePaths, string title)
    {
        var bundle = sheetPath + ".karl";
        try
        {
            KarlExporter.Export(checkpointPath, bundle);
            using var tokenizer = ImageTokenizer.Load(bundle);
            var preprocessor = new ImagePreprocessor(new ImagePreprocessorOptions { Size = tokenizer.ImageSize });
            var decoder = new ImageDecoder();
            List<SheetEntry> entries = [];
            foreach (var path in imagePaths)
            {
                var original = preprocessor.Process(decoder.Decode(path));
                foreach (var options in Choices(tokenizer.Manifest.MaximumBudget, tokenizer.Manifest.BudgetStep ?? 1)) entries.Add(Entry(tokenizer, original, options));
            }
            ImageWriter.Write(ComparisonSheet.Draw(entries, new SheetOptions { Title = title, Columns = 6, SmallestSide = 128 }), sheetPath);
        }
        finally
        {
            File.Delete(bundle);
        }
    }

    private static IEnumerable<TokenizeOptions> Choices(int budget, int step) =>
    [
        .. new[] { budget / 4, budget / 2, budget }.Select(tokens => new TokenizeOptions { Budget = Math.Max(step, tokens / step * step), Epsilon = Unlimited }),
        .. Epsilons.Select(epsilon => new TokenizeOptions { Budget = budget, Epsilon = epsilon }),
    ];

    private static SheetEntry Entry(ImageTokenizer tokenizer, RgbImage original, TokenizeOptions options)
    {
        var tokens = tokenizer.Encode(original, options);
        var reconstruction = tokenizer.Decode(tokens);
        var name = string.Create(CultureInfo.InvariantCulture, $"budget {options.Budget}, epsilon {options.Epsilon}");
        return new SheetEntry(original, reconstruction, name, $"{tokens.Count} tokens", string.Create(CultureInfo.InvariantCulture, $"L1 {ImageMetrics.MeanAbsoluteError(original, reconstruction):0.000}"));
    }
}
