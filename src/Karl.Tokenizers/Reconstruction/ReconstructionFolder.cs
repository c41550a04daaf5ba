using System.Globalization;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.Reconstruction.Internals;
using Karl.Tokenizers.Sheets;

namespace Karl.Tokenizers.Reconstruction;

/// <summary>
/// Writes reconstructions into a folder: each as a PNG of its original's name, the first ones beside their originals on <c>sheet-1.png</c> and so on,
/// and <c>results.csv</c>, which appears when all is done. Files of those names are replaced.
/// </summary>
/// <remarks>Whoever calls keeps inputs out of the folder: see <see cref="OutputFolder.Holds"/>.</remarks>
public sealed class ReconstructionFolder : OutputFolder, IDisposable
{
    private readonly ReconstructionFolderOptions _options;
    private readonly OutputNames _names = new();
    private readonly List<SheetEntry> _sheet = [];
    private readonly HashSet<(float Epsilon, int Budget)> _settingsOnSheet = [];
    private ResultTable? _results;
    private int _shown;

    /// <summary>Chooses a folder; nothing is made before the first <see cref="Add"/> or <see cref="Complete"/>.</summary>
    public ReconstructionFolder(string path, ReconstructionFolderOptions? options = null)
        : base(path)
    {
        _options = options ?? new ReconstructionFolderOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(_options.SheetImages, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.ImagesPerSheet, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.ImagesPerSheet, 64, nameof(options));
    }

    /// <summary>How many sheets were written.</summary>
    public int Sheets { get; private set; }

    /// <summary>Writes one image's files.</summary>
    /// <returns>The name of the image's file; null where there was no reconstruction.</returns>
    public string? Add(ReconstructedImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        Begin();
        string? file = null;
        if (image.Reconstruction is not null)
        {
            file = _names.Next(image.Path);
            ImageWriter.Write(image.Reconstruction, Path.Join(FullPath, file));
            Show(image, image.Reconstruction);
        }

        _results!.Add(image, file);
        return file;
    }

    /// <summary>Writes the last sheet and <c>results.csv</c>.</summary>
    public void Complete()
    {
        Begin();
        WriteSheet();
        _results!.Complete();
    }

    /// <inheritdoc/>
    public void Dispose() => _results?.Dispose();

    private void Begin()
    {
        if (_results is null)
        {
            Directory.CreateDirectory(FullPath);
            _results = new ResultTable(Path.Join(FullPath, "results.csv"));
        }
    }

    private void Show(ReconstructedImage image, RgbImage reconstruction)
    {
        if (_shown == _options.SheetImages)
        {
            return;
        }

        _shown++;
        _sheet.Add(new SheetEntry(image.Original, reconstruction, image.Path, [.. Details(image)]));
        _settingsOnSheet.Add((image.Tokens!.Epsilon, image.Tokens.Budget));
        if (_sheet.Count == _options.ImagesPerSheet)
        {
            WriteSheet();
        }
    }

    private void WriteSheet()
    {
        if (_sheet.Count == 0)
        {
            return;
        }

        string settings = _settingsOnSheet.Count == 1
            ? string.Create(CultureInfo.InvariantCulture, $", epsilon {_settingsOnSheet.First().Epsilon}, budget {_settingsOnSheet.First().Budget}")
            : string.Empty;
        RgbImage sheet = ComparisonSheet.Draw(_sheet, new SheetOptions { Title = _options.Title + settings });
        ImageWriter.Write(sheet, Path.Join(FullPath, string.Create(CultureInfo.InvariantCulture, $"sheet-{++Sheets}.png")));
        _sheet.Clear();
        _settingsOnSheet.Clear();
    }

    private static IEnumerable<string> Details(ReconstructedImage image)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{image.Tokens!.Count} {(image.Tokens.Count == 1 ? "token" : "tokens")}");
        if (image.Comparison is ImageComparison comparison)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"L1 {comparison.MeanAbsoluteError:0.0000}");
            yield return double.IsPositiveInfinity(comparison.PeakSignalToNoiseRatio)
                ? "PSNR inf"
                : string.Create(CultureInfo.InvariantCulture, $"PSNR {comparison.PeakSignalToNoiseRatio:0.00} dB");
            yield return string.Create(CultureInfo.InvariantCulture, $"SSIM {comparison.StructuralSimilarity:0.000}");
        }
    }
}
