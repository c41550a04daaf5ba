using System.CommandLine;
using Karl.Cli.Internals;
using Karl.Cli.Verbs;
using Karl.Tokenizers;

namespace Karl.Cli;

/// <summary>All verbs together, and the one place where a failure becomes a line on standard error and an exit code.</summary>
internal static class KarlCommand
{
    /// <summary>Everything went well.</summary>
    public const int Success = 0;

    /// <summary>Something failed, perhaps only some of the images.</summary>
    public const int Failure = 1;

    /// <summary>The command was not understood.</summary>
    public const int BadUsage = 2;

    /// <summary>Interrupted, as shells count it: 128 and the number of the signal.</summary>
    public const int Interrupted = 130;

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">What follows <c>karl</c>.</param>
    /// <param name="output">Receives results.</param>
    /// <param name="error">Receives errors, one line each, beginning with <c>karl: </c>.</param>
    /// <param name="cancellationToken">Interrupts, like Ctrl-C.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        ParseResult parsed = Create().Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            string problems = string.Join(" ", parsed.Errors.Select(problem => problem.Message).Distinct());
            error.WriteLine($"karl: {PlainText.OneLine(problems)} Try: karl {VerbOf(parsed)}--help");
            return BadUsage;
        }

        try
        {
            InvocationConfiguration configuration = new() { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(20) };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("karl: interrupted.");
            return Interrupted;
        }
        catch (UsageException exception)
        {
            error.WriteLine($"karl: {PlainText.OneLine(exception.Message)}");
            return BadUsage;
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            error.WriteLine($"karl: {PlainText.OneLine(exception.Message)}");
            return Failure;
        }
        catch (Exception exception)
        {
            error.WriteLine($"karl: unexpected {exception.GetType().Name}: {PlainText.OneLine(exception.Message)} This is a fault in karl; please report it.");
            return Failure;
        }
    }

    /// <summary>All verbs, for parsing.</summary>
    internal static RootCommand Create() =>
        new("Adaptive image tokenization: images into as many tokens as they need, and back.")
        {
            AnomalyVerb.Create(),
            BudgetVerb.Create(),
            ComplexityVerb.Create(),
            CompressVerb.Create(),
            CurateVerb.Create(),
            DecompressVerb.Create(),
            DemoVerb.Create(),
            EvaluateVerb.Create(),
            ExperimentVerb.Create(),
            ExplainVerb.Create(),
            ExportVerb.Create(),
            InspectVerb.Create(),
            ReconstructVerb.Create(),
            ServeVerb.Create(),
            TokenizeVerb.Create(),
            TrainVerb.Create(),
            VerifyVerb.Create(),
        };

    private static bool IsExpected(Exception exception) =>
        exception is KarlFormatException or IOException or UnauthorizedAccessException or ArgumentException or PlatformNotSupportedException or InvalidOperationException;

    private static string VerbOf(ParseResult parsed) => parsed.CommandResult.Command is RootCommand ? string.Empty : parsed.CommandResult.Command.Name + " ";
}
