namespace Karl.Applications.Video;

/// <summary>Which frames of a film are taken.</summary>
public sealed record FilmFrameOptions
{
    /// <summary>So many frames a second, repeated or left out as needed; null takes each frame that there is, once.</summary>
    public double? FramesPerSecond { get; init; }

    /// <summary>At most so many, the first ones; null takes all.</summary>
    public int? MostFrames { get; init; }

    /// <summary>The program that reads films; null is <c>ffmpeg</c> in one of the folders of <c>PATH</c>.</summary>
    public string? Program { get; init; }

    internal void Validate()
    {
        if (FramesPerSecond is double rate && !(rate is > 0 and <= 1000))
        {
            throw new ArgumentException(FormattableString.Invariant($"FramesPerSecond is {rate}; more than 0 and at most 1000 was expected."));
        }

        if (MostFrames is < 1)
        {
            throw new ArgumentException($"MostFrames is {MostFrames}; at least 1 was expected.");
        }
    }
}
