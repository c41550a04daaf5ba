using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Karl.Cli.Internals;
using Karl.Export.Agreement;
using Karl.Export.Architectures;
using Karl.Export.Exporting;
using Karl.Export.Metrics;
using Karl.Networks;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Imaging;

namespace Karl.Cli.Verbs;

/// <summary><c>karl export CHECKPOINT -o MODEL.karl</c>: a published checkpoint becomes a model bundle.</summary>
internal static class ExportVerb
{
    private const int MostImages = 64;

    public static Command Create()
    {
        Argument<FileInfo> checkpoint = new("CHECKPOINT") { Description = "A .pth, .ckpt, .bin or .safetensors file of KARL, ALIT, One-D-Piece or TiTok; with --lpips of torchvision's AlexNet or VGG16." };
        Option<FileInfo> output = new("--output", "-o") { Description = "Where the bundle, or with --lpips the ONNX graph, goes; an existing file is replaced.", HelpName = "MODEL.karl", Required = true };
        Option<string?> preset = new("--preset") { Description = "Published size, such as karl_small or one-d-piece_s256: says how many attention heads there are.", HelpName = "NAME" };
        Option<FileInfo?> architecture = new("--architecture") { Description = "JSON file that says the same for other sizes; or the config.json of a One-D-Piece.", HelpName = "FILE.json" };
        Option<string?> weights = new("--weights") { Description = "Which weights: ema (the default where there are any) or model.", HelpName = "ema|model" };
        Option<bool> half = new("--half") { Description = "Store weights as float16: half the size, computed in float32 all the same." };
        Option<bool> int8 = new("--int8") { Description = "Compute the transformers in 8 bits, if that is faster here and agrees on the --images." };
        Option<string[]> images = new("--images")
        {
            Description = $"With --int8: images, folders or patterns to compare on; the first {MostImages} are taken.",
            HelpName = "IMAGES",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<FileInfo?> lpips = new("--lpips") { Description = "LPIPS's own weights (version 0.1) for the network in CHECKPOINT: writes the metric as an ONNX graph, for karl evaluate --metric.", HelpName = "LINEAR.pth" };
        Command command = new("export", "Turn a PyTorch checkpoint into a model bundle.") { checkpoint, output, preset, architecture, weights, half, int8, images, lpips };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                UsageException.ThrowUnlessThere(parsed.GetRequiredValue(checkpoint), parsed.GetValue(architecture), parsed.GetValue(lpips));
                if (parsed.GetValue(lpips) is FileInfo linear)
                {
                    UsageException.ThrowUnless(
                        !((Option[])[preset, architecture, weights, half, int8, images]).Any(option => parsed.GetResult(option) is { Implicit: false }), "--lpips goes with --output alone: there is one LPIPS for each network.");
                    return RunLpips(parsed.GetRequiredValue(checkpoint), linear, parsed.GetRequiredValue(output), parsed.InvocationConfiguration.Output, cancellationToken);
                }

                ExportOptions options = new()
                {
                    Hint = Hint(parsed.GetValue(preset), parsed.GetValue(architecture)),
                    Weights = parsed.GetValue(weights),
                    Storage = parsed.GetValue(half) ? WeightStorage.Float16 : WeightStorage.Float32,
                };
                FileInfo source = parsed.GetRequiredValue(checkpoint), target = parsed.GetRequiredValue(output);
                string[] compared = parsed.GetValue(images) ?? [];
                UsageException.ThrowUnless(!(parsed.GetValue(half) && parsed.GetValue(int8)), "--half and --int8 exclude each other: give one of them.");
                UsageException.ThrowUnless(parsed.GetValue(int8) == compared.Length > 0, "--int8 goes with --images: what it costs is measured on images like yours.");
                InvocationConfiguration configuration = parsed.InvocationConfiguration;
                return parsed.GetValue(int8)
                    ? RunInt8(source, target, options, compared, configuration, cancellationToken)
                    : Run(source, target, options, configuration.Output, cancellationToken);
            },
            CancellationToken.None));
        return command;
    }

    private static int Run(FileInfo checkpoint, FileInfo output, ExportOptions options, TextWriter writer, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        KarlExporter.Export(checkpoint.FullName, output.FullName, options, cancellationToken);
        Summarize(output, Stopwatch.GetElapsedTime(start), writer);
        return KarlCommand.Success;
    }

    private static int RunLpips(FileInfo network, FileInfo linear, FileInfo output, TextWriter writer, CancellationToken cancellationToken)
    {
        LpipsArchitecture architecture = LpipsExporter.Export(network.FullName, linear.FullName, output.FullName, cancellationToken);
        output.Refresh();
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{output.Name}: LPIPS over {architecture.Backbone}, {output.Length / 1e6:0.0} MB"));
        return KarlCommand.Success;
    }

    private static int RunInt8(FileInfo checkpoint, FileInfo output, ExportOptions options, string[] images, InvocationConfiguration configuration, CancellationToken cancellationToken)
    {
        ImageArguments.RequireAny(images);
        long start = Stopwatch.GetTimestamp();
        AgreementLimits limits = new();
        string[] compared = [.. ImageFiles.Find(images).Take(MostImages)];
        AgreementReport report = Watching.RunAsync(
            configuration.Error,
            "comparing",
            () => compared.Length,
            watching => Task.FromResult(Int8Exporter.Export(
                checkpoint.FullName, output.FullName, compared, options, limits, new Told<int>(_ => watching.Advance()), cancellationToken))).GetAwaiter().GetResult();
        configuration.Output.WriteLine(report);
        IReadOnlyList<string> problems = report.Problems(limits);
        if (problems.Count > 0) throw new InvalidOperationException($"'{output.Name}' was not written: {string.Join("; ", problems)}. Export without --int8.");
        Summarize(output, Stopwatch.GetElapsedTime(start), configuration.Output);
        return KarlCommand.Success;
    }

    private static void Summarize(FileInfo output, TimeSpan elapsed, TextWriter writer)
    {
        output.Refresh();
        using Bundle bundle = Bundle.Open(output.FullName);
        BundleManifest manifest = bundle.Manifest;
        string latents = manifest.CodebookSize is int size ? $"{size} codes" : "continuous latents";
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{output.Name}: {manifest.Family} over {manifest.Base}, {latents}, preset {manifest.Preset ?? "none"}, {manifest.Storage}, {output.Length / 1e6:0.0} MB, {elapsed.TotalSeconds:0.0} s"));
    }

    /// <summary>What a preset or a file says about an architecture; null where neither is given.</summary>
    internal static ArchitectureHint? Hint(string? preset, FileInfo? architecture) => (preset, architecture) switch
    {
        (null, null) => null,
        (not null, null) => ArchitectureHint.OfPreset(preset),
        (null, not null) => ArchitectureFile.Read(architecture.FullName),
        _ => throw new UsageException("--preset and --architecture say the same thing: give one of them."),
    };
}
