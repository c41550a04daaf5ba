using Karl.Graphs;

namespace Karl.Networks;

/// <summary>What an exporter needs to know of a tokenizer's architecture, whichever family it is of.</summary>
public interface ITokenizerArchitecture
{
    /// <summary>The convolutional tokenizer underneath, or that makes the pixels.</summary>
    BaseArchitecture Base { get; }

    /// <summary>The transformer that makes latent tokens.</summary>
    TransformerSize Encoder { get; }

    /// <summary>The transformer back.</summary>
    TransformerSize Decoder { get; }

    /// <summary>True: a latent token is one of <see cref="LatentCodebookSize"/> codes. False: it is <see cref="LatentWidth"/> numbers.</summary>
    bool Quantized { get; }

    /// <summary>Codes in the codebook of latent tokens.</summary>
    int LatentCodebookSize { get; }

    /// <summary>Features of a latent token.</summary>
    int LatentWidth { get; }

    /// <summary>The most latent tokens.</summary>
    int MaximumLatents { get; }

    /// <summary>Edge of the square image in pixels.</summary>
    int ImageSize { get; }

    /// <summary>2D tokens along one edge.</summary>
    int GridSize { get; }

    /// <summary>The graphs of all parts, described: "encoder", "decoder" and what else the family runs.</summary>
    /// <exception cref="ArgumentException">The architecture cannot be built.</exception>
    IReadOnlyList<ArchitecturePart> Describe();

    /// <summary>Checks that such a network can exist.</summary>
    /// <exception cref="ArgumentException">It cannot; the message lists every reason.</exception>
    void Validate();
}

/// <summary>A part of a tokenizer that runs by itself.</summary>
/// <param name="Name">What it is: "encoder", "decoder".</param>
/// <param name="Graph">Its description.</param>
public sealed record ArchitecturePart(string Name, Graph Graph);
