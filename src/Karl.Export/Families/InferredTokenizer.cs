using Karl.Networks;

namespace Karl.Export.Families;

/// <summary>An architecture and, where its sizes are published ones, the preset's name.</summary>
/// <param name="Architecture">What was found.</param>
/// <param name="Preset">Name of the published preset; null where it is none.</param>
internal sealed record InferredTokenizer(ITokenizerArchitecture Architecture, string? Preset)
{
    /// <summary>The error that is asked for where none is given; null for the published 0.05.</summary>
    public float? DefaultEpsilon { get; init; }
}
