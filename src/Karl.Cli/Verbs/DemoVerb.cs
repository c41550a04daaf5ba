using System.CommandLine;
using System.Globalization;
using Karl.Applications.Video;
using Karl.Cli.Internals;
using Karl.Tokenizers.Demonstration;
using Karl.Tokenizers.Imaging;

namespace Karl.Cli.Verbs;

/// <summary><c>karl demo --output FOLDER</c>: writes pictures of our own, to try the other verbs on.</summary>
internal static class DemoVerb
{
    private const int MostVariants = 100_000;

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        Option<string> output = new("--output", "-o")
        {
            Description = "Folder for the pictures; made if it is missing. Files of their names are replaced.",
            HelpName = "FOLDER",
            Required = true,
        };
        Option<int> size = new("--size") { Description = "Height and width in pixels.", HelpName = "N", DefaultValueFactory = _ => 256 };
        Option<int> variants = new("--variants")
        {
            Description = "Instead: so many pictures of each kind that is no photo (graphics, noise, text), each kind in a folder of its own.",
            HelpName = "N",
        };
        Option<bool> film = new("--film") { Description = "Draw the 300 frames of a film as well, film/frame-0000.png and so on." };
        Command command = new("demo", "Draw demonstration images, from a flat colour to noise, to try the other commands on.") { output, size, variants, film };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                string folder = parsed.GetRequiredValue(output);
                int side = parsed.GetRequiredValue(size);
                UsageException.ThrowUnless(
                    side is >= DemonstrationImages.SmallestSize and <= DemonstrationImages.LargestSize,
                    $"--size is {side}; {DemonstrationImages.SmallestSize} to {DemonstrationImages.LargestSize} was expected.");
                UsageException.ThrowUnless(!File.Exists(folder), $"--output '{folder}' is a file; a folder was expected.");
                int count = parsed.GetValue(variants);
                UsageException.ThrowUnless(count is >= 0 and <= MostVariants, $"--variants is {count}; 0 to {MostVariants} was expected.");
                if (count > 0)
                {
                    DrawVariants(folder, side, count, parsed.InvocationConfiguration.Output, cancellationToken);
                    return KarlCommand.Success;
                }

                UsageException.ThrowUnless(!parsed.GetValue(film) || side <= DemonstrationFilm.LargestSize, $"--size is {side}; with --film at most {DemonstrationFilm.LargestSize} was expected.");
                foreach (DemonstrationImage image in DemonstrationImages.All)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    string path = Path.Join(folder, image.Name + ".png");
                    ImageWriter.Write(image.Draw(side), path);
                    parsed.InvocationConfiguration.Output.WriteLine($"{path}\t{image.Description}");
                }

                if (parsed.GetValue(film))
                {
                    DrawFilm(Path.Join(folder, "film"), side, cancellationToken);
                    parsed.InvocationConfiguration.Output.WriteLine($"{Path.Join(folder, "film")}\t{DemonstrationFilm.FrameCount} frames in {DemonstrationFilm.SceneStarts.Count} scenes: still, a walk, still, a zoom, a dissolve");
                }

                return KarlCommand.Success;
            },
            CancellationToken.None));
        return command;
    }

    private static void DrawVariants(string folder, int side, int count, TextWriter writer, CancellationToken cancellationToken)
    {
        foreach (DemonstrationKind kind in DemonstrationImages.Kinds)
        {
            string inside = Path.Join(folder, kind.Name);
            for (int seed = 0; seed < count; seed++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ImageWriter.Write(kind.Draw(seed, side), Path.Join(inside, string.Create(CultureInfo.InvariantCulture, $"{seed:00000}.png")));
            }

            writer.WriteLine($"{inside}\t{kind.Description}");
        }
    }

    private static void DrawFilm(string folder, int size, CancellationToken cancellationToken)
    {
        int number = 0;
        foreach (RgbImage frame in DemonstrationFilm.Draw(size))
        {
            cancellationToken.ThrowIfCancellationRequested();
            ImageWriter.Write(frame, Path.Join(folder, string.Create(CultureInfo.InvariantCulture, $"frame-{number++:0000}.png")));
        }
    }
}
