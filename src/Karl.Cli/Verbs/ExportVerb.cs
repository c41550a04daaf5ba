using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Karl.Cli.Internals;
using Karl.Export.Architectures;
using Karl.Export.Exporting;

namespace Karl.Cli.Verbs;

/// <summary><c>karl export CHECKPOINT -o MODEL.karl</c>: a published checkpoint becomes a model bundle.</summary>
internal static class ExportVerb
{
    public static Command Create()
    {
        Argument<FileInfo> checkpoint = new("CHECKPOINT") { Description = "A .pth, .ckpt or .safetensors file of KARL." };
        Option<FileInfo> output = new("--output", "-o") { Description = "Where the bundle goes; an existing file is replaced.", HelpName = "MODEL.karl", Required = true };
        Option<string?> preset = new("--preset") { Description = "Published size, such as karl_small: says how many attention heads there are.", HelpName = "NAME" };
        Option<FileInfo?> architecture = new("--architecture") { Description = "JSON file that says the same for other sizes.", HelpName = "FILE.json" };
        Option<string?> weights = new("--weights") { Description = "Which weights: ema (the default where there are any) or model.", HelpName = "ema|model" };
        Option<bool> half = new("--half") { Description = "Store weights as float16: half the size, computed in float32 all the same." };
        Command command = new("export", "Turn a PyTorch checkpoint into a model bundle.") { checkpoint, output, preset, architecture, weights, half };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                ExportOptions options = new()
                {
                    Hint = Hint(parsed.GetValue(preset), parsed.GetValue(architecture)),
                    Weights = parsed.GetValue(weights),
                    Storage = parsed.GetValue(half) ? WeightStorage.Float16 : WeightStorage.Float32,
                };
                return Run(parsed.GetValue(checkpoint)!, parsed.GetValue(output)!, options, parsed.InvocationConfiguration.Output, cancellationToken);
            },
            CancellationToken.None));
        return command;
    }

    private static int Run(FileInfo checkpoint, FileInfo output, ExportOptions options, TextWriter writer, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        var manifest = KarlExporter.Export(checkpoint.FullName, output.FullName, options, cancellationToken);
        output.Refresh();
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{output.Name}: {manifest.Family} over {manifest.Base}, {(manifest.Quantized ? $"{manifest.CodebookSize} codes" : "continuous latents")}, preset {manifest.Preset ?? "none"}, {manifest.Storage}, {output.Length / 1e6:0.0} MB, {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s"));
        return KarlCommand.Success;
    }

    private static ArchitectureHint? Hint(string? preset, FileInfo? architecture) => (preset, architecture) switch
    {
        (null, null) => null,
        (not null, null) => ArchitectureHint.OfPreset(preset),
        (null, not null) => ArchitectureFile.Read(architecture.FullName),
        _ => throw new UsageException("--preset and --architecture say the same thing: give one of them."),
    };
}
