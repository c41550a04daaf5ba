using System.Globalization;
using Karl.Tokenizers.Bundles;

namespace Karl.Export.Inspection.Internals;

/// <summary>A model bundle: its manifest, and its graphs, whose checksums are verified on the way.</summary>
internal static class BundleInspection
{
    public static InspectionReport Inspect(string path, bool listTensors, CancellationToken cancellationToken)
    {
        using var bundle = Bundle.Open(path);
        List<string[]> parts = [];
        List<string[]> values = [];
        List<InspectionTable> tensors = [];
        foreach (var part in bundle.Manifest.Parts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlyMemory<byte> bytes = bundle.ReadPart(part.Name);
            var summary = OnnxInspection.Summarize(bytes, $"Bundle '{bundle.Name}': part '{part.Name}'");
            parts.Add([part.Name, Table.Size(part.Bytes), Table.Count(summary.NodeCount), Table.Count(summary.WeightCount), Table.Count(summary.ParameterCount), part.Sha256]);
            values.AddRange(OnnxInspection.Values(summary).Select(row => (string[])[part.Name, .. row]));
            if (listTensors)
            {
                tensors.Add(OnnxInspection.Tensors($"Weights of {part.Name}", bytes, $"Bundle '{bundle.Name}': part '{part.Name}'"));
            }
        }

        return new InspectionReport(
            bundle.Name,
            "model bundle",
            [
                Model(bundle.Manifest),
                Source(bundle.Manifest.Source),
                Table.Of("Parts", ["part", "size", "nodes", "weights", "parameters", "SHA-256"], parts),
                Table.Of("Inputs and outputs", ["part", "", "name", "type", "shape"], values),
                .. tensors,
            ]);
    }

    private static InspectionTable Model(BundleManifest manifest) => Table.Facts(
        "Model",
        ("format version", Number(manifest.FormatVersion)),
        ("family", manifest.Family),
        ("base tokenizer", manifest.Base),
        ("preset", manifest.Preset ?? "none"),
        ("image", $"{manifest.ImageSize} x {manifest.ImageSize} pixels, {Number(manifest.InputRange[0])} to {Number(manifest.InputRange[1])}"),
        ("2D tokens", $"{manifest.ImageTokens}, {manifest.GridSize} x {manifest.GridSize}"),
        ("budget", $"{manifest.DefaultBudget} tokens, at most {manifest.MaximumBudget}{(manifest.BudgetStep is int step ? $", by {step}" : string.Empty)}"),
        ("tokens", manifest.Quantized ? $"codes of {manifest.CodebookSize}, {manifest.LatentWidth} numbers each" : $"continuous, {manifest.LatentWidth} numbers each"),
        ("halted above", manifest.HaltingThreshold is float threshold ? Number(threshold) : "nothing halts"),
        ("error bins", manifest.ErrorBins.IsEmpty ? "none" : string.Join(" ", manifest.ErrorBins.Select(bin => Number(bin)))),
        ("encoder", Transformer(manifest.Encoder)),
        ("decoder", Transformer(manifest.Decoder)),
        ("weights stored as", manifest.Storage));

    private static InspectionTable Source(BundleSource source) => Table.Facts("Source", ("file", source.File), ("weights", source.Weights), ("SHA-256", source.Sha256));

    private static string Transformer(BundleTransformer size) => $"width {size.Width}, {size.Layers} layers, {size.Heads} heads";

    private static string Number(float number) => number.ToString(CultureInfo.InvariantCulture);
}
