using Karl.Tokenizers.Internals;

namespace Karl.Tokenizers.Bundles.Internals;

/// <summary>What must hold in a manifest beyond its form; all that does not hold is reported at once.</summary>
internal static class ManifestRules
{
    private const int LargestImageSize = 4096;
    private const int LargestBudget = 4096;
    private const int LargestWidth = 65536;
    private const int MostParts = 16;

    public static IReadOnlyList<string> Problems(BundleManifest manifest)
    {
        List<string> problems = [];
        Expect(manifest.FormatVersion == BundleManifest.SupportedFormatVersion, $"formatVersion is {manifest.FormatVersion}; {BundleManifest.SupportedFormatVersion} was expected.");
        Expect(manifest.Family == BundleManifest.SupportedFamily, $"family is '{Printable.Shorten(manifest.Family)}'; '{BundleManifest.SupportedFamily}' was expected.");
        Expect(manifest.Base is "vqgan" or "vae", $"base is '{Printable.Shorten(manifest.Base)}'; vqgan or vae was expected.");
        Expect(manifest.Storage is "float32" or "float16" or "int8", $"storage is '{Printable.Shorten(manifest.Storage)}'; float32, float16 or int8 was expected.");
        Within(manifest.ImageSize, 16, LargestImageSize, "imageSize");
        Within(manifest.GridSize, 1, LargestImageSize, "gridSize");
        Expect(manifest.ImageTokens == (long)manifest.GridSize * manifest.GridSize, $"imageTokens is {manifest.ImageTokens}; gridSize {manifest.GridSize} squared was expected.");
        Within(manifest.MaximumBudget, 1, LargestBudget, "maximumBudget");
        Within(manifest.DefaultBudget, 1, Math.Max(1, manifest.MaximumBudget), "defaultBudget");
        Within(manifest.LatentWidth, 1, LargestWidth, "latentWidth");
        Expect(manifest.Quantized == manifest.CodebookSize.HasValue, "codebookSize must be given exactly where quantized is true.");
        Within(manifest.CodebookSize ?? 1, 1, int.MaxValue, "codebookSize");
        Expect(manifest.HaltingThreshold is >= 0 and <= 1, $"haltingThreshold is {manifest.HaltingThreshold}; 0 to 1 was expected.");
        Expect(manifest.InputRange is [0f, 1f], "inputRange must be [0, 1].");
        CheckBins();
        CheckTransformer(manifest.Encoder, "encoder");
        CheckTransformer(manifest.Decoder, "decoder");
        Expect(IsSha256(manifest.Source.Sha256), "source.sha256 is not 64 lower-case hexadecimal digits.");
        CheckParts();
        return problems;

        void Expect(bool holds, string problem)
        {
            if (!holds)
            {
                problems.Add(problem);
            }
        }

        void Within(int value, int smallest, int largest, string name) =>
            Expect(value >= smallest && value <= largest, $"{name} is {value}; {smallest} to {largest} was expected.");

        void CheckBins()
        {
            bool ascending = !manifest.ErrorBins.IsDefaultOrEmpty && manifest.ErrorBins.Length <= 1024
                && manifest.ErrorBins.All(bin => float.IsFinite(bin) && bin >= 0)
                && manifest.ErrorBins.Zip(manifest.ErrorBins.Skip(1)).All(pair => pair.First < pair.Second);
            Expect(ascending, "errorBins must be finite, not negative and ascending.");
        }

        void CheckTransformer(BundleTransformer transformer, string name)
        {
            Within(transformer.Width, 1, LargestWidth, name + ".width");
            Within(transformer.Layers, 1, 1024, name + ".layers");
            Within(transformer.Heads, 1, 1024, name + ".heads");
        }

        void CheckParts()
        {
            if (manifest.Parts.IsDefault || manifest.Parts.Length > MostParts)
            {
                problems.Add($"parts must be a list of at most {MostParts}.");
                return;
            }

            Expect(manifest.Parts.Select(part => part.Name).Distinct(StringComparer.Ordinal).Count() == manifest.Parts.Length, "parts names a part twice.");
            foreach (BundlePart part in manifest.Parts)
            {
                Expect(BundleLimits.IsPartName(part.Name), $"part name '{Printable.Shorten(part.Name)}' is not a plain file name.");
                Expect(IsSha256(part.Sha256), $"part '{Printable.Shorten(part.Name)}': sha256 is not 64 lower-case hexadecimal digits.");
                Expect(part.Bytes >= 0 && part.Bytes <= BundleLimits.LargestPart, $"part '{Printable.Shorten(part.Name)}': {part.Bytes} bytes; at most {BundleLimits.LargestPart} was expected.");
            }
        }
    }

    private static bool IsSha256(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);
}
