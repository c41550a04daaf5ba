using System.CommandLine;
using Karl.Tokenizers;
using Karl.Tokenizers.Reconstruction;
using Karl.Tokenizers.TokenFiles;

namespace Karl.Cli.Internals;

/// <summary>Token lines into a folder of images, told as they come.</summary>
internal static class Reconstructing
{
    /// <summary>Does all of it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="tokenizer">The model of the lines.</param>
    /// <param name="output">Receives the images; completed.</param>
    /// <param name="name">How the folder is called in the last line.</param>
    /// <param name="count">How many lines there are.</param>
    /// <param name="lines">The lines; receives what tells of problems, which are counted.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        ParseResult parsed, ImageTokenizer tokenizer, ReconstructionFolder output, string name, long count, Func<Action<string>, IAsyncEnumerable<TokenLine>> lines, CancellationToken cancellationToken)
    {
        ResultRows rows = new(parsed.InvocationConfiguration.Output);
        string? firstProblem = null;
        long problems = await Watching.RunAsync(parsed.InvocationConfiguration.Error, "reconstructing", () => count, async watching =>
        {
            long failed = 0;
            await foreach (ReconstructedImage image in tokenizer.ReconstructAsync(lines(Fail), cancellationToken))
            {
                output.Add(image);
                if (image.Reconstruction is null)
                {
                    failed++;
                    watching.Tell(image.Path, image.Problem);
                    continue;
                }

                watching.Advance();
                rows.Add(image);
                firstProblem ??= image.Problem;
            }

            output.Complete();
            return failed;

            void Fail(string problem)
            {
                failed++;
                watching.Say(problem);
            }
        });
        rows.Print(name, output.Sheets);
        if (firstProblem is not null)
        {
            parsed.InvocationConfiguration.Error.WriteLine(
                $"karl: {rows.Count - rows.Compared} of {rows.Count} images are without a comparison, because their originals are not at hand: {PlainText.OneLine(firstProblem)}");
        }

        return problems == 0 ? KarlCommand.Success : KarlCommand.Failure;
    }
}
