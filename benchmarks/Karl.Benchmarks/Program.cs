using System.CommandLine;
using System.ComponentModel;
using BenchmarkDotNet.Running;
using Karl.Benchmarks.Library;
using Karl.Benchmarks.Overhead;
using Karl.Benchmarks.Serving;
using Karl.Benchmarks.Stages;
using Karl.Benchmarks.Training;
using Karl.Tokenizers;

namespace Karl.Benchmarks;

/// <summary><c>stages</c>, <c>training</c>, <c>overhead</c>, <c>serve</c>, <c>mlnet</c> and <c>bdn</c>: see <c>benchmarks/README.md</c>.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        RootCommand root = new("How fast KARL for .NET is, and against what.") { StagesCommand.Create(), TrainingCommand.Create(), OverheadCommand.Create(), ServingCommand.Create(), LibraryCommand() };
#if MLNET
        root.Add(MlNet.MlNetCommand.Create());
#endif
        try
        {
            return root.Parse(arguments).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (exception is KarlFormatException or IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException or Win32Exception)
        {
            Console.Error.WriteLine($"benchmarks: {exception.Message}");
            return 1;
        }
    }

    private static Command LibraryCommand()
    {
        Command command = new("bdn", "Times parts of the library with BenchmarkDotNet; further arguments are its own, for example --filter *.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction(parsed =>
            BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run([.. parsed.UnmatchedTokens], new LibraryConfig()).Any() ? 0 : 1);
        return command;
    }
}
