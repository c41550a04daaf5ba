using System.CommandLine;
using Karl.Cli.Internals;
using Karl.Training.Runs;
using Spectre.Console;

namespace Karl.Cli.Verbs;

/// <summary><c>karl train --data FOLDER --preset NAME --output RUN</c>: images become a model.</summary>
internal static class TrainVerb
{
    public static Command Create()
    {
        Option<string[]> data = new("--data") { Description = "Images to train on: files, folders or patterns.", HelpName = "IMAGES", Required = true, AllowMultipleArgumentsPerToken = true };
        Option<string> preset = new("--preset") { Description = $"What is trained: {string.Join("; ", TrainingPreset.All.Select(known => $"{known.Name} ({known.Summary})"))}.", HelpName = "NAME", Required = true };
        preset.AcceptOnlyFromAmong([.. TrainingPreset.All.Select(known => known.Name)]);
        Option<string> output = new("--output", "-o") { Description = "Folder of the run: states, losses, pictures, the model.", HelpName = "RUN", Required = true };
        Option<string?> baseTokenizer = new("--base") { Description = "Take the base tokenizer of another run in place of training one: its folder, or its base.state.safetensors or checkpoint.safetensors.", HelpName = "RUN" };
        Option<string?> perceptual = new("--perceptual") { Description = "Make reconstructions look right too: an ONNX network of two images, such as 'karl export' makes of LPIPS.", HelpName = "FILE.onnx" };
        Option<int?> adversaries = new("--adversaries-from") { Description = "Train adversaries beside the second stage, which count from this epoch of it on (as published: 21) and four times as much after five times as many.", HelpName = "EPOCH" };
        Option<bool> resume = new("--resume") { Description = "Go on with the run in that folder; begins one where there is none." };
        Option<int> seed = new("--seed") { Description = "Where all chance comes from.", HelpName = "N" };
        Option<int?> threads = new("--threads") { Description = "Threads that compute; one per core otherwise.", HelpName = "N" };
        Option<int?> replicas = new("--replicas") { Description = "Parts of a batch that are computed side by side; one per thread for the base tokenizer and 1 for the rest otherwise.", HelpName = "N" };
        DeviceOption device = new("Where steps are computed");
        Option<double> minutes = new("--save-every") { Description = "Minutes between saved states: what is lost at most when the run is killed.", HelpName = "MINUTES", DefaultValueFactory = _ => 2 };
        Command command = new("train", "Train a model on images, from nothing.") { data, preset, output, baseTokenizer, perceptual, adversaries, resume, seed, device.Option, threads, replicas, minutes };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                double saveEvery = parsed.GetRequiredValue(minutes);
                int? count = parsed.GetValue(threads);
                UsageException.ThrowUnless(saveEvery is >= 0 and <= 1440, $"--save-every is {saveEvery}; 0 to 1440 minutes was expected.");
                UsageException.ThrowUnless(count is null or (>= 1 and <= 1024), $"--threads is {count}; 1 to 1024 was expected.");
                int? firstEpoch = parsed.GetValue(adversaries);
                UsageException.ThrowUnless(firstEpoch is null or (>= 0 and <= 1_000_000), $"--adversaries-from is {firstEpoch}; 0 to 1000000 epochs was expected.");
                TrainingPreset chosen = TrainingPreset.Get(parsed.GetRequiredValue(preset));
                TextWriter error = parsed.InvocationConfiguration.Error;
                string bundle = Watched(error, progress => TrainingRun.Run(
                    new TrainingOptions
                    {
                        Preset = chosen,
                        Data = parsed.GetRequiredValue(data),
                        Output = parsed.GetRequiredValue(output),
                        Base = parsed.GetValue(baseTokenizer),
                        PerceptualNetwork = parsed.GetValue(perceptual),
                        Adversaries = firstEpoch is int epoch ? AdversaryOptions.From(epoch, chosen.Architecture.ImageSize) : null,
                        Resume = parsed.GetValue(resume),
                        Seed = parsed.GetValue(seed),
                        Device = device.Read(parsed),
                        Threads = count,
                        Replicas = parsed.GetValue(replicas),
                        SaveEvery = TimeSpan.FromMinutes(saveEvery),
                        Report = line => error.WriteLine($"karl: {line}"),
                        Progress = progress,
                    },
                    cancellationToken));
                parsed.InvocationConfiguration.Output.WriteLine(bundle);
                return KarlCommand.Success;
            },
            CancellationToken.None));
        return command;
    }

    /// <summary>A bar where somebody watches, else a line now and then.</summary>
    private static string Watched(TextWriter error, Func<IProgress<TrainingProgress>, string> train)
    {
        if (!Terminal.IsWatched(error))
        {
            TrainingLines lines = new();
            return train(new Told<TrainingProgress>(progress =>
            {
                if (lines.IsDue(progress)) error.WriteLine($"karl: {TrainingLines.Of(progress)}");
            }));
        }

        return Terminal.Over(error).Progress().Start(context =>
        {
            Dictionary<string, ProgressTask> tasks = [];
            return train(new Told<TrainingProgress>(progress =>
            {
                if (!tasks.TryGetValue(progress.Phase, out ProgressTask? task)) tasks[progress.Phase] = task = context.AddTask(progress.Phase, maxValue: progress.Steps);
                task.Value = progress.Step;
                task.Description = Markup.Escape(TrainingLines.Of(progress));
            }));
        });
    }
}
