namespace Karl.Cli;

/// <summary>The <c>karl</c> command.</summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments) => KarlCommand.RunAsync(arguments, Console.Out, Console.Error);
}
