using Spectre.Console;

namespace Karl.Cli.Internals;

/// <summary>Whether somebody watches: tables, colours and progress bars are for people, plain text is for pipes and tests.</summary>
internal static class Terminal
{
    /// <summary>Whether this writer is a terminal.</summary>
    public static bool IsWatched(TextWriter writer) =>
        (ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected) || (ReferenceEquals(writer, Console.Error) && !Console.IsErrorRedirected);

    /// <summary>A console for Spectre's tables over this writer, plain and wide where nobody watches.</summary>
    public static IAnsiConsole Over(TextWriter writer)
    {
        bool watched = IsWatched(writer);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = watched ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = watched ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = watched ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!watched)
        {
            console.Profile.Width = 200;
        }

        return console;
    }
}
