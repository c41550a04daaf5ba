using System.Text.Json;
using System.Text.Json.Serialization;
using Karl.Tokenizers.Families.Internals;
using Karl.Tokenizers.Internals;

namespace Karl.Tokenizers.Bundles.Internals;

/// <summary>How the manifest is written: indented camel case with line feeds, the same bytes everywhere.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(BundleManifest))]
internal sealed partial class ManifestJsonContext : JsonSerializerContext;

/// <summary>The manifest as text, and back.</summary>
internal static class ManifestJson
{
    public static byte[] Write(BundleManifest manifest) => JsonSerializer.SerializeToUtf8Bytes(manifest, ManifestJsonContext.Default.BundleManifest);

    /// <summary>Reads and checks a manifest. Version and family come first, so that a newer bundle is refused for what it is.</summary>
    public static BundleManifest Read(string bundleName, ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using (JsonDocument document = JsonDocument.Parse(utf8))
            {
                RefuseOtherKind(bundleName, document.RootElement);
            }

            BundleManifest manifest = JsonSerializer.Deserialize(utf8.Span, ManifestJsonContext.Default.BundleManifest)
                ?? throw new KarlFormatException($"Bundle '{bundleName}': manifest.json is null.");
            IReadOnlyList<string> problems = ManifestRules.Problems(manifest);
            return problems.Count == 0
                ? manifest
                : throw new KarlFormatException($"Bundle '{bundleName}': manifest.json: {string.Join(" ", problems)}");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second kind is what text that is no Unicode gives, raw or in escapes.
            throw new KarlFormatException($"Bundle '{bundleName}': manifest.json cannot be understood: {OneLine(exception.Message)}", exception);
        }
    }

    private static void RefuseOtherKind(string bundleName, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new KarlFormatException($"Bundle '{bundleName}': manifest.json is a {root.ValueKind}; an object was expected.");
        }

        if (!root.TryGetProperty("formatVersion", out JsonElement version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out int number))
        {
            throw new KarlFormatException($"Bundle '{bundleName}': manifest.json has no formatVersion; this is not a KARL bundle.");
        }

        if (number != BundleManifest.SupportedFormatVersion)
        {
            throw new KarlFormatException(
                $"Bundle '{bundleName}': manifest.json has format version {number}; this library reads version {BundleManifest.SupportedFormatVersion}. "
                + (number > BundleManifest.SupportedFormatVersion ? "Update the library." : "Export the model again."));
        }

        if (!root.TryGetProperty("family", out JsonElement family) || family.ValueKind != JsonValueKind.String || ModelFamily.Find(family.GetString()) is null)
        {
            throw new KarlFormatException(
                $"Bundle '{bundleName}': manifest.json names family '{Printable.Shorten(family.ToString())}'; this library reads families {ModelFamily.Names}.");
        }
    }

    private static string OneLine(string text) => Printable.Shorten(text.ReplaceLineEndings(" "), 300);
}
