using System.Globalization;
using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.Reconstruction;
using Spectre.Console;

namespace Karl.Cli.Internals;

/// <summary>Results of reconstructions: tab-separated lines at once where nobody watches, a table of the first ones at the end where somebody does.</summary>
internal sealed class ResultRows(TextWriter writer)
{
    private const int MostRows = 50;
    private static readonly string[] Headings = ["path", "tokens", "L1", "PSNR", "SSIM"];
    private readonly bool _isWatched = Terminal.IsWatched(writer);
    private readonly List<string[]> _first = [];
    private double _absoluteError, _similarity, _noiseRatio;

    /// <summary>Images with a reconstruction.</summary>
    public long Count { get; private set; }

    /// <summary>Images that were compared.</summary>
    public long Compared { get; private set; }

    /// <summary>Takes one result.</summary>
    public void Add(ReconstructedImage image)
    {
        string[] row = Row(image);
        if (Count == 0 && !_isWatched)
        {
            writer.Write(string.Join('\t', Headings) + "\n");
        }

        Count++;
        if (!_isWatched)
        {
            writer.Write(string.Join('\t', row) + "\n");
        }
        else if (_first.Count < MostRows)
        {
            _first.Add(row);
        }

        if (image.Comparison is ImageComparison comparison)
        {
            Compared++;
            _absoluteError += comparison.MeanAbsoluteError;
            _noiseRatio += comparison.PeakSignalToNoiseRatio;
            _similarity += comparison.StructuralSimilarity;
        }
    }

    /// <summary>Shows the table, and what all images have in common.</summary>
    public void Print(string folder, int sheets)
    {
        if (!_isWatched)
        {
            return;
        }

        Table table = new Table().RoundedBorder();
        foreach (string heading in Headings)
        {
            table.AddColumn(heading, column => column.Alignment = heading == Headings[0] ? Justify.Left : Justify.Right);
        }

        foreach (string[] row in _first)
        {
            table.AddRow([.. row.Select(cell => new Text(cell))]);
        }

        Terminal.Over(writer).Write(table);
        string mean = Compared == 0
            ? string.Empty
            : string.Create(CultureInfo.InvariantCulture, $"; on average L1 {_absoluteError / Compared:0.0000}, PSNR {_noiseRatio / Compared:0.00} dB, SSIM {_similarity / Compared:0.000}");
        writer.WriteLine($"{Count} images{mean} -> {folder} (results.csv{(sheets == 0 ? string.Empty : sheets == 1 ? ", sheet-1.png" : $", sheet-1.png to sheet-{sheets}.png")})");
    }

    private static string[] Row(ReconstructedImage image) =>
    [
        PlainText.OneLine(image.Path),
        image.Tokens!.Count.ToString(CultureInfo.InvariantCulture),
        Number(image.Comparison?.MeanAbsoluteError, "0.0000"),
        Number(image.Comparison?.PeakSignalToNoiseRatio, "0.00"),
        Number(image.Comparison?.StructuralSimilarity, "0.000"),
    ];

    private static string Number(double? value, string format) =>
        value is null ? "-" : double.IsPositiveInfinity(value.Value) ? "inf" : value.Value.ToString(format, CultureInfo.InvariantCulture);
}
