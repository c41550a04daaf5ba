using System.Diagnostics;
using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Tests.Imaging;

/// <summary>Decodes bytes that may be anything, and holds the decoder to its promise: an image, or one clear refusal, soon.</summary>
internal static class HostileImage
{
    /// <summary>Long for an image, short for a hang; a busy machine is allowed for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly ImageDecoder Decoder = new(new ImageDecoderOptions { Limits = new ImageLimits { MaximumPixels = 4_000_000 } });

    /// <summary>The image, or null if it was refused as it should be. Anything else fails the test.</summary>
    public static RgbImage? Decode(byte[] file, string description)
    {
        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            RgbImage image = Decoder.Decode(file, description);
            Assert.AreEqual(image.Width * image.Height * 3, image.Pixels.Length);
            return image;
        }
        catch (KarlFormatException exception)
        {
            Assert.StartsWith($"Image '{description}': found ", exception.Message);
            Assert.Contains(", wanted ", exception.Message);
            Assert.DoesNotContain('\n', exception.Message);
            return null;
        }
        finally
        {
            Assert.IsLessThan(Patience, watch.Elapsed, description);
        }
    }

    /// <summary>Fails unless the bytes are refused; gives the message.</summary>
    public static string Refuse(byte[] file, ImageLimits? limits = null)
    {
        ImageDecoder decoder = new(new ImageDecoderOptions { Limits = limits ?? new ImageLimits() });
        return Assert.ThrowsExactly<KarlFormatException>(() => decoder.Decode(file, "x")).Message;
    }
}
