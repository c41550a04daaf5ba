using Karl.Export.Agreement;

namespace Karl.Export.Exporting;

/// <summary>Exports with 8-bit products, and only if the result agrees with the exact model on given images and is worth it on this processor.</summary>
public static class Int8Exporter
{
    /// <summary>Exports an exact and an 8-bit bundle beside the target, compares them, and keeps the 8-bit one if every limit holds.</summary>
    /// <param name="checkpointPath">A <c>.pth</c>, <c>.ckpt</c> or <c>.safetensors</c> file.</param>
    /// <param name="bundlePath">Where the <c>.karl</c> file goes; an existing one is replaced only by a bundle that passed.</param>
    /// <param name="imagePaths">Images like those that will be tokenized, at least one.</param>
    /// <param name="options">How; its storage is of no effect.</param>
    /// <param name="limits">What must hold; null is the defaults.</param>
    /// <param name="progress">Told after each image how many are done.</param>
    /// <param name="cancellationToken">Stops; nothing remains.</param>
    /// <returns>The comparison; the bundle was written exactly if it has no <see cref="AgreementReport.Problems"/> with these limits.</returns>
    /// <exception cref="Tokenizers.KarlFormatException">The checkpoint or an image is damaged.</exception>
    public static AgreementReport Export(
        string checkpointPath,
        string bundlePath,
        IReadOnlyList<string> imagePaths,
        ExportOptions? options = null,
        AgreementLimits? limits = null,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(bundlePath);
        options ??= new();
        var target = Path.GetFullPath(bundlePath);
        var (exact, candidate) = ($"{target}.{Guid.NewGuid():N}.float32", $"{target}.{Guid.NewGuid():N}.int8");
        try
        {
            KarlExporter.Export(checkpointPath, exact, options with { Storage = WeightStorage.Float32 }, cancellationToken);
            KarlExporter.Export(checkpointPath, candidate, options with { Storage = WeightStorage.Int8 }, cancellationToken);
            var report = BundleAgreement.Measure(exact, candidate, imagePaths, options: null, progress, cancellationToken);
            if (report.Problems(limits ?? new()).Count == 0) File.Move(candidate, target, overwrite: true);
            return report;
        }
        finally
        {
            File.Delete(exact);
            File.Delete(candidate);
        }
    }
}
