using System.CommandLine;
using System.Globalization;
using Karl.Applications.Video;

namespace Karl.Cli.Internals;

/// <summary>Options of every verb that takes a film: which of its frames.</summary>
internal sealed class FilmArguments
{
    private readonly Option<double?> _rate = new("--fps") { Description = "Of a film, so many frames a second; each frame that there is unless given.", HelpName = "N" };

    private readonly Option<int?> _most = new("--most-frames") { Description = "Of a film, at most so many frames, the first ones.", HelpName = "N" };

    /// <summary>Gives a verb these options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_rate);
        command.Add(_most);
    }

    /// <summary>Whether any of them stands in the command line.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_rate) is not null || parsed.GetValue(_most) is not null;

    /// <summary>The frames that are named.</summary>
    /// <exception cref="UsageException">A value cannot be, the film is not there or not alone, or there is no image.</exception>
    public FrameSource Read(ParseResult parsed, string[] names)
    {
        double? rate = parsed.GetValue(_rate);
        int? most = parsed.GetValue(_most);
        UsageException.ThrowUnless(rate is null or (> 0 and <= 1000), string.Create(CultureInfo.InvariantCulture, $"--fps is {rate}; more than 0 and at most 1000 was expected."));
        UsageException.ThrowUnless(most is null or >= 1, $"--most-frames is {most}; at least 1 was expected.");
        string? film = names.FirstOrDefault(FrameSource.IsFilmName);
        if (film is null)
        {
            ImageArguments.RequireAny(names);
        }
        else
        {
            UsageException.ThrowUnless(names.Length == 1, $"The film '{film}' is named beside something else; name one film alone.");
            UsageException.ThrowUnless(File.Exists(film), $"There is no film '{film}'.");
        }

        return FrameSource.Of(names, new FilmFrameOptions { FramesPerSecond = rate, MostFrames = most });
    }
}
