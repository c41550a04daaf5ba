using System.Globalization;

namespace Karl.Benchmarks.Stages;

/// <summary>Results of stages as Markdown.</summary>
/// <param name="results">All stages, in their order.</param>
/// <param name="matrixProduct">The plain matrix product beside them.</param>
/// <param name="convolution">The plain convolution beside them.</param>
internal sealed class StagesTable(IReadOnlyList<StageResult> results, ReferenceWork matrixProduct, ReferenceWork convolution)
{
    private const string None = "-";

    /// <summary>A line for each stage, and one for each way from image to tokens and back.</summary>
    public IEnumerable<string> Lines() =>
    [
        "| stage | tokens | ours, ms | PyTorch, ms | layout | PyTorch / ours | share | GFLOP | GFLOP/s | of a matrix product | of a convolution |",
        "|---|--:|--:|--:|---|--:|--:|--:|--:|--:|--:|",
        .. results.Select(Line),
        Line(Encoding),
        .. Decodings().Select(Line),
        string.Empty,
        "Milliseconds are the median over runs and, in brackets, the fastest run; sums add medians. PyTorch / ours: above 1, ours takes less time. "
            + "Share: of the whole encoding, or of the whole decoding (the base decoder's beside the latent decoder with the most tokens). "
            + "The last two columns divide the stage's GFLOP/s by what ONNX Runtime reaches on plain work in the same run:",
        string.Empty,
        .. new[] { matrixProduct, convolution }.Select(work => Text($"- {work.Name}: {work.Timing} ms, {work.GigaflopsPerSecond:0} GFLOP/s")),
    ];

    /// <summary>A line for each stage that was also measured with 8-bit products; nothing where none was.</summary>
    public IEnumerable<string> Int8Lines()
    {
        StageResult[] measured = [.. results.Where(result => result.Int8 is not null)];
        return measured.Length == 0
            ? []
            :
            [
                string.Empty,
                "| stage | tokens | float32, ms | int8, ms | float32 / int8 |",
                "|---|--:|--:|--:|--:|",
                .. measured.Select(result => Text($"| {result.Stage.Title()} | {result.Tokens} | {result.Ours} | {result.Int8} | {result.Ours.Median / result.Int8!.Median:0.00} |")),
            ];
    }

    private string Line(StageResult result)
    {
        Way whole = result.Stage.IsOfEncoding() ? Encoding : result.Stage == Stage.LatentDecoder ? Decoding(result) : Decodings().First();
        double rate = result.GigaflopsPerSecond;
        string ratio = Ratio(result.Original?.Median, result.Ours.Median);
        string fractions = Text($"{rate / matrixProduct.GigaflopsPerSecond:0.00} | {rate / convolution.GigaflopsPerSecond:0.00}");
        return Text(
            $"| {result.Stage.Title()} | {result.Tokens} | {result.Ours} | {result.Original?.ToString() ?? None} | {result.Layout} | {ratio} | {result.Ours.Median / whole.Ours:0%} | {result.Flops / 1e9:0.0} | {rate:0} | {fractions} |");
    }

    private static string Line(Way way)
    {
        double rate = way.Flops / way.Ours / 1e6;
        return Text(
            $"| **{way.Title}** | {way.Tokens} | {way.Ours:0.0} | {way.Original?.ToString("0.0", CultureInfo.InvariantCulture) ?? None} | | {Ratio(way.Original, way.Ours)} | 100% | {way.Flops / 1e9:0.0} | {rate:0} | | |");
    }

    private IEnumerable<Way> Decodings() => results.Where(result => result.Stage == Stage.LatentDecoder).OrderByDescending(result => result.Tokens).Select(Decoding);

    private Way Encoding => Sum("whole encoding", Of(Stage.LatentEncoder), [Of(Stage.BaseEncoder), Of(Stage.LatentEncoder)]);

    private Way Decoding(StageResult latent) => Sum("whole decoding", latent, [latent, Of(Stage.BaseDecoder)]);

    private StageResult Of(Stage stage) => results.First(result => result.Stage == stage);

    private static Way Sum(string title, StageResult tokens, StageResult[] parts) =>
        new(title, tokens.Tokens, parts.Sum(part => part.Ours.Median), parts.All(part => part.Original is not null) ? parts.Sum(part => part.Original!.Median) : null, parts.Sum(part => part.Flops));

    private static string Ratio(double? original, double ours) => original is double milliseconds ? Text($"{milliseconds / ours:0.00}") : None;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Two stages one after the other, in milliseconds and operations.</summary>
    private sealed record Way(string Title, int Tokens, double Ours, double? Original, double Flops);
}
