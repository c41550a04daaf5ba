using Karl.Applications.Internals;
using Karl.Applications.Video.Internals;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Imaging.Internals;

namespace Karl.Applications.Video;

/// <summary>What a film needed over time. Keeps a few numbers a frame.</summary>
public sealed class FilmReport
{
    private readonly List<FilmRow> _rows = [];

    /// <summary>All frames that could be read, in their order.</summary>
    public IReadOnlyList<FilmRow> Rows => _rows;

    /// <summary>Frames that could not be read.</summary>
    public int BrokenCount { get; private set; }

    /// <summary>Frames with tokens of their own.</summary>
    public int KeptFrames => _rows.Count(row => row.KeptFrame == row.Number);

    /// <summary>Tokens that all frames take together.</summary>
    public long Tokens => _rows.Sum(row => (long)row.TokensTaken);

    /// <summary>The largest error of a skipped frame; null where none was skipped.</summary>
    public double? WorstSkippedError => _rows.Where(row => row.KeptFrame != row.Number).Max(row => row.Error);

    /// <summary>Numbers of the frames at which scenes begin.</summary>
    public IReadOnlyList<int> Scenes => [.. _rows.Where(row => row.BeginsScene).Select(row => row.Number)];

    /// <summary>Takes a frame.</summary>
    public void Add(FrameTokens frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (frame.Tokens is null)
        {
            BrokenCount++;
            return;
        }

        _rows.Add(new FilmRow(frame.Frame.Number, frame.Frame.Name, frame.Tokens.Count, frame.TokensTaken, frame.KeptFrame, frame.Error, frame.Change, frame.BeginsScene));
    }

    /// <summary>Writes <c>frames.csv</c> and <c>curve.png</c> into a folder, which is made if it is missing. Files of those names are replaced.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="title">What the film is called.</param>
    public void Write(string folder, string title)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        CsvTable table = new("frame", "path", "tokens", "tokens_taken", "kept_frame", "error", "change", "begins_scene");
        foreach (FilmRow row in _rows)
        {
            table.Add(row.Number, row.Name, row.Tokens, row.TokensTaken, row.KeptFrame, row.Error, row.Change, row.BeginsScene);
        }

        WholeFile.Write(Path.Join(folder, "frames.csv"), table.ToUtf8());
        ImageWriter.Write(FilmChart.Draw(this, title), Path.Join(folder, "curve.png"));
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string skipped = WorstSkippedError is double worst ? FormattableString.Invariant($", {_rows.Count - KeptFrames} skipped with an error of at most {worst:0.0000}") : string.Empty;
        return FormattableString.Invariant($"{_rows.Count} frames, {KeptFrames} with tokens of their own{skipped}; {Tokens} tokens ({(double)Tokens / Math.Max(1, _rows.Count):0.0} a frame); scenes begin at {string.Join(" ", Scenes)}");
    }
}

/// <summary>One frame of a report.</summary>
/// <param name="Number">Its place in the film, from 0.</param>
/// <param name="Name">Its name.</param>
/// <param name="Tokens">Tokens that stand for it.</param>
/// <param name="TokensTaken">Tokens of its own; 0 where it was skipped.</param>
/// <param name="KeptFrame">The frame whose tokens stand for it.</param>
/// <param name="Error">How far these are away from it; null where that was not measured.</param>
/// <param name="Change">See <see cref="FrameTokens.Change"/>.</param>
/// <param name="BeginsScene">Whether a scene begins.</param>
public sealed record FilmRow(int Number, string Name, int Tokens, int TokensTaken, int KeptFrame, double? Error, double Change, bool BeginsScene);
