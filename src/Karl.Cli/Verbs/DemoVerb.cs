using System.CommandLine;
using Karl.Cli.Internals;
using Karl.Tokenizers.Demonstration;
using Karl.Tokenizers.Imaging;

namespace Karl.Cli.Verbs;

/// <summary><c>karl demo --output FOLDER</c>: writes pictures of our own, to try the other verbs on.</summary>
internal static class DemoVerb
{
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
        Command command = new("demo", "Draw demonstration images, from a flat colour to noise, to try the other commands on.") { output, size };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                string folder = parsed.GetRequiredValue(output);
                int side = parsed.GetRequiredValue(size);
                UsageException.ThrowUnless(
                    side is >= DemonstrationImages.SmallestSize and <= DemonstrationImages.LargestSize,
                    $"--size is {side}; {DemonstrationImages.SmallestSize} to {DemonstrationImages.LargestSize} was expected.");
                UsageException.ThrowUnless(!File.Exists(folder), $"--output '{folder}' is a file; a folder was expected.");
                foreach (DemonstrationImage image in DemonstrationImages.All)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    string path = Path.Join(folder, image.Name + ".png");
                    ImageWriter.Write(image.Draw(side), path);
                    parsed.InvocationConfiguration.Output.WriteLine($"{path}\t{image.Description}");
                }

                return KarlCommand.Success;
            },
            CancellationToken.None));
        return command;
    }
}
