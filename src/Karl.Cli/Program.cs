using System.Text;

namespace Karl.Cli;

/// <summary>The <c>karl</c> command.</summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments)
    {
        if (Console.IsOutputRedirected && OperatingSystem.IsWindows())
        {
            // Lines of JSON are UTF-8, whatever code page the console has.
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }

        return KarlCommand.RunAsync(arguments, Console.Out, Console.Error);
    }
}
