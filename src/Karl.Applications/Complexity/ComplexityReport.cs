using System.Collections.Immutable;
using Karl.Applications.Complexity.Internals;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.TokenFiles;

namespace Karl.Applications.Complexity;

/// <summary>How complex the images of a set are.</summary>
public sealed class ComplexityReport
{
    internal ComplexityReport(string model, BundleManifest manifest, ComplexitySettings settings, ImmutableArray<ImageComplexity> images, int broken)
    {
        Model = model;
        ModelHash = TokenFileSettings.ModelOf(manifest);
        Settings = settings;
        Images = [.. images.OrderBy(image => image.Tokens).ThenBy(image => image.Error).ThenBy(image => image.Path, StringComparer.Ordinal)];
        BrokenCount = broken;
    }

    /// <summary>The model in one line.</summary>
    public string Model { get; }

    /// <summary>The model as token files call it, 16 hexadecimal digits.</summary>
    public string ModelHash { get; }

    /// <summary>With what was measured.</summary>
    public ComplexitySettings Settings { get; }

    /// <summary>Every image that could be read, from the simplest to the most complex: by tokens, and by the error that they leave where these are equal.</summary>
    public ImmutableArray<ImageComplexity> Images { get; }

    /// <summary>Images that could not be read and have no part in anything.</summary>
    public int BrokenCount { get; }

    /// <summary>How well the measures agree with scores that people gave.</summary>
    /// <exception cref="ArgumentException">No score is an image's.</exception>
    public ScoreAgreement AgreementWith(ComplexityScores scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return ScoreAgreement.Between(this, scores);
    }

    /// <summary>The report as Markdown.</summary>
    public override string ToString() => ComplexityText.Write(this, null);
}
