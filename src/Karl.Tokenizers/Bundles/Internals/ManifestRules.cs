using Karl.Tokenizers.Families.Internals;
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
        ModelFamily? family = ModelFamily.Find(manifest.Family);
        Expect(family is not null, $"family is '{Printable.Shorten(manifest.Family)}'; one of {ModelFamily.Names} was expected.");
        Expect(manifest.Base is "vqgan" or "vae", $"base is '{Printable.Shorten(manifest.Base)}'; vqgan or vae was expected.");
        Expect(manifest.Storage is "float32" or "float16" or "int8", $"storage is '{Printable.Shorten(manifest.Storage)}'; float32, float16 or int8 was expected.");
        Within(manifest.ImageSize, 16, LargestImageSize, "imageSize");
        Within(manifest.GridSize, 1, LargestImageSize, "gridSize");
        Expect(manifest.ImageTokens == (long)manifest.GridSize * manifest.GridSize, $"imageTokens is {manifest.ImageTokens}; gridSize {manifest.GridSize} squared was expected.");
        Within(manifest.MaximumBudget, 1, LargestBudget, "maximumBudget");
        Within(manifest.DefaultBudget, 1, Math.Max(1, manifest.MaximumBudget), "defaultBudget");
        Expect(manifest.DefaultEpsilon is > 0 and <= 1, $"defaultEpsilon is {manifest.DefaultEpsilon}; above 0 to 1 was expected.");
        Within(manifest.LatentWidth, 1, LargestWidth, "latentWidth");
        Expect(manifest.Quantized == manifest.CodebookSize.HasValue, "codebookSize must be given exactly where quantized is true.");
        Within(manifest.CodebookSize ?? 1, 1, int.MaxValue, "codebookSize");
        Expect(manifest.InputRange is [0f, 1f], "inputRange must be [0, 1].");
        CheckStep();
        problems.AddRange(family?.Problems(manifest) ?? []);
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

        void CheckStep()
        {
            if (manifest.BudgetStep is int step)
            {
                Expect(step >= 1 && manifest.MaximumBudget % step == 0 && manifest.DefaultBudget % step == 0, $"budgetStep is {step}; a divisor of maximumBudget and defaultBudget was expected.");
            }
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
