namespace Karl.Tokenizers.Bundles.Internals;

/// <summary>How large the parts of a bundle may be; checked before anything is allocated.</summary>
internal static class BundleLimits
{
    public const string ManifestName = "manifest.json";
    public const int LargestManifest = 1 << 20;

    /// <summary>Protocol buffers, and so ONNX files without outside data, end at 2 GiB.</summary>
    public const long LargestPart = int.MaxValue - 64;

    /// <summary>Zip without its 64-bit extension ends at 4 GiB.</summary>
    public const long LargestBundle = uint.MaxValue - 1L;

    public const int MostEntries = 32;
    public const int LongestName = 100;

    public static bool IsPartName(string? name) =>
        name is { Length: > 0 and <= LongestName } && name[0] != '.'
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_');
}
