using System.Collections.Immutable;

namespace Karl.Export.Inspection;

/// <summary>What a file is and what is in it.</summary>
/// <param name="FileName">Its name without folders.</param>
/// <param name="Kind">What it is: <c>model bundle</c>, <c>PyTorch checkpoint</c>, <c>safetensors checkpoint</c>, <c>ONNX model</c>.</param>
/// <param name="Tables">What is in it.</param>
public sealed record InspectionReport(string FileName, string Kind, ImmutableArray<InspectionTable> Tables)
{
    /// <summary>Everything as plain text.</summary>
    public override string ToString() => string.Join("\n\n", [$"{FileName}: {Kind}", .. Tables.Select(table => table.ToString())]);
}
