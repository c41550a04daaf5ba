using Karl.Tokenizers.Demonstration;
using Karl.Tokenizers.Imaging;

namespace Karl.Applications.Video;

/// <summary>A film of our own to try things on: 300 frames in five scenes of 60, drawn by code, the same each time.</summary>
public static class DemonstrationFilm
{
    /// <summary>Frames of the film.</summary>
    public const int FrameCount = 300;

    /// <summary>Largest height and width in pixels.</summary>
    public const int LargestSize = 1024;

    private const int FramesPerScene = 60;

    /// <summary>Numbers of the frames at which its scenes begin: a still landscape, a walk across it, a still page of text, a zoom into the Mandelbrot set, a chessboard that turns to noise bit by bit.</summary>
    public static IReadOnlyList<int> SceneStarts => [0, 60, 120, 180, 240];

    /// <summary>Draws its frames, one after another.</summary>
    /// <param name="size">Height and width in pixels, 16 to 1024.</param>
    public static IEnumerable<RgbImage> Draw(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, DemonstrationImages.SmallestSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, LargestSize);
        return Enumerable.Range(0, FrameCount / FramesPerScene).SelectMany(scene => Scene(scene, size));
    }

    private static IEnumerable<RgbImage> Scene(int scene, int size) => scene switch
    {
        0 => Still("scene", size),
        1 => Walk(Picture("scene", 2 * size), size),
        2 => Still("text", size),
        3 => Zoom(Picture("mandelbrot", 2 * size), size),
        _ => Dissolve(Picture("chessboard", size), Picture("noise", size)),
    };

    private static IEnumerable<RgbImage> Still(string name, int size) => Enumerable.Repeat(Picture(name, size), FramesPerScene);

    private static IEnumerable<RgbImage> Walk(RgbImage large, int size)
    {
        for (int frame = 0; frame < FramesPerScene; frame++)
        {
            yield return Cut(large, new PixelArea(frame * (large.Width - size) / FramesPerScene, large.Height - size, size, size), size);
        }
    }

    private static IEnumerable<RgbImage> Zoom(RgbImage large, int size)
    {
        for (int frame = 0; frame < FramesPerScene; frame++)
        {
            int side = large.Width - (frame * large.Width / (2 * FramesPerScene));
            yield return Cut(large, new PixelArea((large.Width - side) / 2, (large.Height - side) / 2, side, side), size);
        }
    }

    private static IEnumerable<RgbImage> Dissolve(RgbImage from, RgbImage to)
    {
        for (int frame = 0; frame < FramesPerScene; frame++)
        {
            RgbImage mixed = new(from.Width, from.Height);
            Span<byte> pixels = mixed.Pixels.Span;
            for (int index = 0; index < pixels.Length; index++)
            {
                pixels[index] = (byte)(((from.Pixels.Span[index] * (FramesPerScene - frame)) + (to.Pixels.Span[index] * frame)) / FramesPerScene);
            }

            yield return mixed;
        }
    }

    private static RgbImage Cut(RgbImage image, PixelArea area, int size)
    {
        RgbImage cut = new(size, size);
        ImageResizer.Resize(image, area, size, size, Resampling.Bicubic, cut.Pixels.Span);
        return cut;
    }

    private static RgbImage Picture(string name, int size) => DemonstrationImages.All.First(image => image.Name == name).Draw(size);
}
