using Karl.Export.Checkpoints;
using Karl.Tokenizers.Arrays.Internals;
using Karl.Tokenizers.Internals;

namespace Karl.Export.Inspection.Internals;

/// <summary>A checkpoint: what lies at its top, its weights, and what it remembers of its training.</summary>
internal static class CheckpointInspection
{
    public static InspectionReport Inspect(string path, bool listTensors, CancellationToken cancellationToken)
    {
        using var checkpoint = Checkpoint.Open(path);
        var provenance = checkpoint.ComputeProvenance(cancellationToken);
        return new InspectionReport(
            provenance.FileName,
            checkpoint.Format == CheckpointFormat.PyTorch ? "PyTorch checkpoint" : "safetensors checkpoint",
            [
                Table.Facts("File", ("size", Table.Size(provenance.Bytes)), ("SHA-256", provenance.Sha256)),
                Table.Of("Entries", ["name", "what", "value", "tensors", "parameters"], checkpoint.Entries.Select(entry => Row(checkpoint, entry))),
                .. Arguments(checkpoint),
                .. checkpoint.Metadata.Count == 0 ? [] : new[] { Table.Facts("Metadata", [.. checkpoint.Metadata.Select(entry => (entry.Key, entry.Value))]) },
                .. listTensors ? Tensors(checkpoint) : [],
            ]);
    }

    private static string[] Row(Checkpoint checkpoint, CheckpointEntry entry)
    {
        var weights = entry.IsStateDict ? Weights(checkpoint, entry) : null;
        return
        [
            entry.Name.Length > 0 ? entry.Name : "(the file itself)",
            entry.Description,
            entry.Value ?? string.Empty,
            weights is null ? string.Empty : Table.Count(weights.Count),
            weights is null ? string.Empty : Table.Count(weights.ElementCount),
        ];
    }

    private static IEnumerable<InspectionTable> Arguments(Checkpoint checkpoint) =>
        checkpoint.Arguments.Count == 0 ? [] : [Table.Facts("Training arguments", [.. checkpoint.Arguments.Select(argument => (argument.Name, argument.Value))])];

    private static IEnumerable<InspectionTable> Tensors(Checkpoint checkpoint) =>
        checkpoint.Entries.Where(entry => entry.IsStateDict).Select(entry => Table.Of(
            entry.Name.Length > 0 ? $"Tensors of {Printable.Shorten(entry.Name)}" : "Tensors",
            ["name", "type", "shape"],
            Weights(checkpoint, entry).Select(tensor => (string[])[tensor.Name, tensor.Type.ToString().ToLowerInvariant(), ArrayShape.Print([.. tensor.Shape])])));

    private static StateDict Weights(Checkpoint checkpoint, CheckpointEntry entry) => checkpoint.Weights(entry.Name.Length > 0 ? entry.Name : null);
}
