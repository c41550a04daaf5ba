using System.Globalization;
using System.Text;

namespace Karl.Tokenizers.Reconstruction.Internals;

/// <summary>A CSV file of results (RFC 4180, UTF-8) that appears under its name when it is whole.</summary>
internal sealed class ResultTable : IDisposable
{
    private readonly string _path;
    private readonly StreamWriter _writer;
    private bool _isComplete;

    public ResultTable(string path)
    {
        _path = path;
        _writer = new StreamWriter(PartialPath, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\r\n" };
        _writer.WriteLine("path,file,tokens,l1,psnr,ssim,problem");
    }

    private string PartialPath => _path + ".partial";

    public void Add(ReconstructedImage image, string? file) => _writer.WriteLine(string.Join(
        ',',
        CsvText.Field(image.Path),
        file,
        image.Tokens?.Count.ToString(CultureInfo.InvariantCulture),
        Number(image.Comparison?.MeanAbsoluteError, "0.000000"),
        Number(image.Comparison?.PeakSignalToNoiseRatio, "0.0000"),
        Number(image.Comparison?.StructuralSimilarity, "0.000000"),
        CsvText.Field(image.Problem ?? string.Empty)));

    public void Complete()
    {
        _writer.Dispose();
        File.Move(PartialPath, _path, overwrite: true);
        _isComplete = true;
    }

    public void Dispose()
    {
        _writer.Dispose();
        if (!_isComplete)
        {
            File.Delete(PartialPath);
        }
    }

    private static string? Number(double? value, string format) =>
        value is null ? null : double.IsPositiveInfinity(value.Value) ? "inf" : value.Value.ToString(format, CultureInfo.InvariantCulture);
}
