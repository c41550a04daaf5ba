using System.CommandLine;
using Karl.Cli.Internals;
using Karl.Export.Verification;
using Spectre.Console;

namespace Karl.Cli.Verbs;

/// <summary><c>karl verify MODEL.karl --reference GOLDENS.npz --images IMAGES.npy</c>: shows that a model computes what the original did.</summary>
internal static class VerifyVerb
{
    public static Command Create()
    {
        Argument<FileInfo> model = new("MODEL.karl") { Description = "The model bundle." };
        Option<FileInfo> reference = new("--reference") { Description = "Recording of the original implementation.", HelpName = "GOLDENS.npz", Required = true };
        Option<FileInfo> images = new("--images") { Description = "The images it was made with, float32 [count, 3, size, size], 0 to 1.", HelpName = "IMAGES.npy", Required = true };
        Option<int?> threads = new("--threads") { Description = "Threads that compute; one per core otherwise.", HelpName = "COUNT" };
        Option<bool> quiet = new("--quiet", "-q") { Description = "Print only what does not agree, and the summary." };
        Command command = new("verify", "Compare a model bundle with a recording of the original, tensor by tensor.") { model, reference, images, threads, quiet };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                var configuration = parsed.InvocationConfiguration;
                var report = Watched(configuration.Error, progress => Verifier.Verify(
                    parsed.GetValue(model)!.FullName,
                    parsed.GetValue(reference)!.FullName,
                    parsed.GetValue(images)!.FullName,
                    new VerificationOptions { Threads = parsed.GetValue(threads), Progress = progress },
                    cancellationToken));
                configuration.Output.WriteLine(report.ToText(onlyOthers: parsed.GetValue(quiet)));
                return report.Succeeded ? KarlCommand.Success : KarlCommand.Failure;
            },
            CancellationToken.None));
        return command;
    }

    /// <summary>Shows a bar while it works, if somebody watches.</summary>
    private static VerificationReport Watched(TextWriter error, Func<IProgress<VerificationProgress>?, VerificationReport> verify) =>
        !Terminal.IsWatched(error)
            ? verify(null)
            : Terminal.Over(error).Progress().AutoClear(true).Start(context =>
            {
                var task = context.AddTask("loading");
                return verify(new Progress<VerificationProgress>(progress =>
                {
                    task.MaxValue = progress.Total;
                    task.Value = progress.Done;
                    task.Description = Markup.Escape(progress.Doing);
                }));
            });
}
