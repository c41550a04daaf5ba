using System.CommandLine;
using Karl.Cli.Internals;
using Karl.Export.Inspection;
using Karl.Export.Verification;
using Karl.Training.Verification;
using Spectre.Console;

namespace Karl.Cli.Verbs;

/// <summary>
/// <c>karl verify MODEL.karl --reference GOLDENS.npz --images IMAGES.npy</c>: shows that a model computes what the original did. With a checkpoint in place of a
/// bundle, that a training step does.
/// </summary>
internal static class VerifyVerb
{
    public static Command Create()
    {
        Argument<FileInfo> model = new("MODEL.karl") { Description = "The model bundle; or a checkpoint, for recordings of a training step. Told apart by content." };
        Option<FileInfo> reference = new("--reference") { Description = "Recording of the original implementation.", HelpName = "GOLDENS.npz", Required = true };
        Option<FileInfo> images = new("--images") { Description = "The images it was made with, float32 [count, 3, size, size], 0 to 1.", HelpName = "IMAGES.npy", Required = true };
        Option<string?> preset = new("--preset") { Description = "With a checkpoint: published size, such as karl_small.", HelpName = "NAME" };
        Option<FileInfo?> architecture = new("--architecture") { Description = "With a checkpoint: JSON file that says the same for other sizes.", HelpName = "FILE.json" };
        Option<int?> threads = new("--threads") { Description = "Threads that compute; one per core otherwise.", HelpName = "COUNT" };
        Option<bool> quiet = new("--quiet", "-q") { Description = "Print only what does not agree, and the summary." };
        Command command = new("verify", "Compare a model bundle, or a training step, with a recording of the original, tensor by tensor.") { model, reference, images, preset, architecture, threads, quiet };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                var configuration = parsed.InvocationConfiguration;
                UsageException.ThrowUnlessThere(parsed.GetValue(model), parsed.GetValue(reference), parsed.GetValue(images), parsed.GetValue(architecture));
                var (path, recording, pixels) = (parsed.GetValue(model)!.FullName, parsed.GetValue(reference)!.FullName, parsed.GetValue(images)!.FullName);
                var hint = ExportVerb.Hint(parsed.GetValue(preset), parsed.GetValue(architecture));
                var isCheckpoint = Inspector.IsCheckpoint(path);
                UsageException.ThrowUnless(isCheckpoint || hint is null, "--preset and --architecture go with a checkpoint: a model bundle says by itself what it is.");
                var report = Watched(configuration.Error, progress =>
                {
                    VerificationOptions options = new() { Threads = parsed.GetValue(threads), Progress = progress };
                    return isCheckpoint
                        ? TrainingVerifier.Verify(path, hint, recording, pixels, options, cancellationToken)
                        : Verifier.Verify(path, recording, pixels, options, cancellationToken);
                });
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
