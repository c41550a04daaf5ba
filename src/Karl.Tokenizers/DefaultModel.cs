using Karl.Tokenizers.Bundles;

namespace Karl.Tokenizers;

/// <summary>The small model that comes with this library: 64 x 64 pixels, up to 64 tokens. How it was trained is in <c>docs/default-model.md</c>.</summary>
public static class DefaultModel
{
    /// <summary>How messages, reports and token files call it.</summary>
    public const string Name = "default.karl";

    /// <summary>The model bundle, for tools that want more than <see cref="ImageTokenizer.LoadDefault"/>. The caller disposes it.</summary>
    public static Bundle Open() => Bundle.Open(OpenRead(), Name);

    /// <summary>The bundle's bytes, in a stream that can seek. The caller disposes it.</summary>
    public static Stream OpenRead() => typeof(DefaultModel).Assembly.GetManifestResourceStream(Name)
        ?? throw new InvalidOperationException($"This build of {typeof(DefaultModel).Assembly.GetName().Name} has no resource '{Name}'.");
}
