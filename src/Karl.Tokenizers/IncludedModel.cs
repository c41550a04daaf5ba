using Karl.Tokenizers.Bundles;

namespace Karl.Tokenizers;

/// <summary>A small model that comes with this library: 64 x 64 pixels, up to 64 tokens. How they were trained is in <c>docs/default-model.md</c>.</summary>
public sealed class IncludedModel
{
    private IncludedModel(string name) => Name = name;

    /// <summary>KARL: what is used wherever no model is named.</summary>
    public static IncludedModel Default { get; } = new("default");

    /// <summary>ALIT as large as the default model, up to 8 rounds of 8 tokens, over the same base tokenizer, trained with the same numbers on the same photos.</summary>
    public static IncludedModel Alit { get; } = new("default-alit");

    /// <summary>One-D-Piece as large as the default model, over the same base tokenizer, trained with the same numbers on the same photos.</summary>
    public static IncludedModel OneDPiece { get; } = new("default-one-d-piece");

    /// <summary>All of them, the default one first.</summary>
    public static IReadOnlyList<IncludedModel> All { get; } = [Default, Alit, OneDPiece];

    /// <summary>How it is asked for where a model's path could be given.</summary>
    public string Name { get; }

    /// <summary>How messages, reports and token files call it.</summary>
    public string FileName => Name + ".karl";

    /// <summary>What a path means: none the default model, and the name of an included model that one where there is no such file. Null means the file.</summary>
    public static IncludedModel? Of(string? path) =>
        path is null ? Default : File.Exists(path) ? null : All.FirstOrDefault(model => path == model.Name || path == model.FileName);

    /// <summary>The model bundle, for tools that want more than <see cref="ImageTokenizer.Load(IncludedModel, ImageTokenizerOptions?)"/>. The caller disposes it.</summary>
    public Bundle Open() => Bundle.Open(OpenRead(), FileName);

    /// <summary>The bundle's bytes, in a stream that can seek. The caller disposes it.</summary>
    public Stream OpenRead() => typeof(IncludedModel).Assembly.GetManifestResourceStream(FileName)
        ?? throw new InvalidOperationException($"This build of {typeof(IncludedModel).Assembly.GetName().Name} has no resource '{FileName}'.");

    /// <inheritdoc/>
    public override string ToString() => FileName;
}
