using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Tokenization;

namespace Karl.House.Tests;

/// <summary>The C# example of the README, word for word between the marks.</summary>
internal static class ReadmeExample
{
    public static void Run()
    {
        // <readme>
        using ImageTokenizer tokenizer = ImageTokenizer.LoadDefault();
        foreach (string name in new[] { "flat", "scene", "noise" })
        {
            TokenSequence tokens = tokenizer.Encode($"demo/{name}.png");
            RgbImage image = tokenizer.Decode(tokens);
            ImageWriter.Write(image, $"back/{name}.png");
            Console.WriteLine($"{name}: {tokens.Count} tokens, {tokens.Bits} bits, back at {image.Width} x {image.Height}");
        }
        // </readme>
    }
}
