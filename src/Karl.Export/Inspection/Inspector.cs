using Karl.Export.Checkpoints.Internals;
using Karl.Export.Inspection.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Arrays.Internals;

namespace Karl.Export.Inspection;

/// <summary>Tells what a file is by its content, never by its extension, and what is in it. Executes nothing of it.</summary>
public static class Inspector
{
    private const int HeadLength = 64;

    /// <summary>Looks into a model bundle, a checkpoint (PyTorch's zip form, safetensors) or an ONNX model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="listTensors">Lists every tensor with type and shape too.</param>
    /// <param name="cancellationToken">Stops between parts and while a checksum is computed.</param>
    /// <exception cref="KarlFormatException">It is none of these, or is damaged; says what is wrong in one line.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static InspectionReport Inspect(string path, bool listTensors = false, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw new KarlFormatException($"'{Path.GetFileName(Path.TrimEndingDirectorySeparator(path))}' is a folder; name a file in it.");
        }

        return KindOf(path) switch
        {
            Content.Bundle => BundleInspection.Inspect(path, listTensors, cancellationToken),
            Content.Onnx => OnnxInspection.Inspect(path, listTensors),
            _ => CheckpointInspection.Inspect(path, listTensors, cancellationToken),
        };
    }

    /// <summary>Whether a file is a checkpoint, PyTorch's zip form or safetensors, by its content; false for everything else that can be read.</summary>
    /// <exception cref="KarlFormatException">It is a damaged zip archive.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool IsCheckpoint(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var source = ByteSource.FromFile(path);
        var head = source.ReadArray(0, (int)Math.Min(HeadLength, source.Length));
        return FormatDetection.IsZip(head) ? IsCheckpoint(ZipDirectory.Read(source)) : FormatDetection.IsSafetensors(head, source.Length);
    }

    private enum Content
    {
        Bundle,
        Checkpoint,
        Onnx,
    }

    private static Content KindOf(string path)
    {
        using var source = ByteSource.FromFile(path);
        var head = source.ReadArray(0, (int)Math.Min(HeadLength, source.Length));
        if (FormatDetection.IsZip(head))
        {
            return KindOfZip(source);
        }

        return FormatDetection.IsSafetensors(head, source.Length) ? Content.Checkpoint
            : OnnxInspection.MayBe(head) ? Content.Onnx
            : throw new KarlFormatException($"'{source.Name}' is nothing that can be shown: {FormatDetection.Describe(head)}. Model bundles (.karl), checkpoints (PyTorch's zip form, safetensors) and ONNX models can be.");
    }

    private static Content KindOfZip(ByteSource source)
    {
        var directory = ZipDirectory.Read(source);
        var entries = directory.Entries;
        return entries.Any(entry => entry.Name == "manifest.json") ? Content.Bundle
            : IsCheckpoint(directory) ? Content.Checkpoint
            : throw new KarlFormatException(
                $"'{source.Name}' is a zip archive of {entries.Count} entries, but neither a model bundle (no manifest.json) nor a PyTorch checkpoint (no data.pkl)"
                + (entries.Count > 0 && entries.All(entry => entry.Name.EndsWith(".npy", StringComparison.Ordinal)) ? ": it is an npz archive of arrays." : "."));
    }

    private static bool IsCheckpoint(ZipDirectory directory) => directory.Entries.All(entry => entry.Name != "manifest.json")
        && directory.Entries.Any(entry => entry.Name == "data.pkl" || entry.Name.EndsWith("/data.pkl", StringComparison.Ordinal));
}
