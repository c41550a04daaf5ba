using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Video;

/// <summary>How a film is tokenized.</summary>
public sealed record FilmOptions
{
    /// <summary>How each frame is tokenized.</summary>
    public TokenizeOptions Tokenizing { get; init; } = new();

    /// <summary>
    /// Where given, a frame gets no tokens of its own if what the tokens of the last kept frame decode to is at most this away from it: mean absolute difference of pixels from 0 to 1,
    /// as an epsilon means it. It is measured for each frame, so no skipped frame is ever farther away.
    /// </summary>
    public double? SkipError { get; init; }

    /// <summary>A frame begins a scene if its <see cref="FrameTokens.Change"/> is at least this.</summary>
    public double SceneChange { get; init; } = 0.1;
}
