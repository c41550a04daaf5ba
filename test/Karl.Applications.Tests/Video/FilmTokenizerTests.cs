using Karl.Applications.Video;
using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Tests.Video;

[TestClass]
public sealed class FilmTokenizerTests
{
    [TestMethod]
    public async Task TokenizeAsync_WithSkipping_KeepsItsBound_AndTakesFewerTokens()
    {
        using ImageTokenizer tokenizer = LoadDefault();
        const double skip = 0.12;      // what tokens are chosen for
        RgbImage[] film = [.. DemonstrationFilm.Draw(64).Where((_, number) => number % 3 == 0)];
        int[] scenes = [.. DemonstrationFilm.SceneStarts.Select(number => number / 3)];
        FrameTokens[] frames = await Run(tokenizer, film, new FilmOptions { SkipError = skip });
        Assert.HasCount(DemonstrationFilm.FrameCount / 3, frames);
        Assert.IsGreaterThan(20, frames.Count(frame => frame.IsSkipped));
        Assert.IsTrue(frames.Where(frame => frame.IsSkipped).All(frame => frame.Error <= skip));

        // The bound is not taken on trust: what stands for some frames is decoded here.
        float[] seen = new float[3 * 64 * 64], back = new float[seen.Length];
        foreach (FrameTokens frame in frames.Where(frame => frame.IsSkipped).Where((_, index) => index % 5 == 0))
        {
            Assert.AreSame(frames[frame.KeptFrame].Tokens, frame.Tokens);
            PlanarPixels.FromImage(film[frame.Frame.Number], seen);
            tokenizer.Decode(frame.Tokens!, back);
            Assert.IsLessThanOrEqualTo(skip + 1e-4, ImageMetrics.MeanAbsoluteError(seen, back));
        }

        FrameTokens[] each = await Run(tokenizer, film, new FilmOptions());
        Assert.IsFalse(each.Any(frame => frame.IsSkipped));
        Assert.IsLessThan(each.Sum(frame => frame.TokensTaken), frames.Sum(frame => frame.TokensTaken));
        CollectionAssert.AreEqual(scenes, frames.Where(frame => frame.BeginsScene).Select(frame => frame.Frame.Number).ToArray());
        CollectionAssert.AreEqual(scenes, each.Where(frame => frame.BeginsScene).Select(frame => frame.Frame.Number).ToArray());
    }

    [TestMethod]
    public async Task TokenizeAsync_WithoutSkipping_GivesEachFrameTheTokensItWouldHaveAlone()
    {
        using ImageTokenizer tokenizer = LoadDefault();
        RgbImage[] film = [.. DemonstrationFilm.Draw(64).Where((_, number) => number % 30 == 7)];
        FrameTokens[] frames = await Run(tokenizer, film, new FilmOptions { Tokenizing = new TokenizeOptions { Epsilon = 0.14f } });
        for (int number = 0; number < film.Length; number++)
        {
            CollectionAssert.AreEqual(tokenizer.Encode(film[number], new TokenizeOptions { Epsilon = 0.14f }).Codes.ToArray(), frames[number].Tokens!.Codes.ToArray());
        }
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow(0.2)]
    public async Task TokenizeAsync_OfAFrameThatCannotBeRead_GoesOn(double? skip)
    {
        using ImageTokenizer tokenizer = LoadDefault();
        Frame[] frames = [.. DemonstrationFilm.Draw(64).Take(3).Select((image, number) => new Frame(number, $"{number}", number == 1 ? null : image, number == 1 ? "broken" : null))];
        FilmReport report = new();
        await foreach (FrameTokens frame in FilmTokenizer.TokenizeAsync(tokenizer, frames.ToAsyncEnumerable(), new FilmOptions { SkipError = skip }))
        {
            report.Add(frame);
        }

        Assert.AreEqual((2, 1), (report.Rows.Count, report.BrokenCount));
        Assert.AreEqual(skip is null ? 2 : 1, report.KeptFrames);
        using TemporaryFolder folder = new();
        report.Write(folder.FullPath, "a film");
        Assert.HasCount(3, File.ReadAllLines(folder["frames.csv"]));
        Assert.IsNotNull(new ImageDecoder().Decode(folder["curve.png"]));
    }

    [TestMethod]
    public void TokenizeAsync_WithABoundThatCannotBe_IsRefusedAtOnce()
    {
        using ImageTokenizer tokenizer = LoadDefault();
        Assert.ThrowsExactly<ArgumentException>(() => FilmTokenizer.TokenizeAsync(tokenizer, AsyncEnumerable.Empty<Frame>(), new FilmOptions { SkipError = double.NaN }));
    }

    private static async Task<FrameTokens[]> Run(ImageTokenizer tokenizer, RgbImage[] film, FilmOptions options) =>
        [.. await FilmTokenizer.TokenizeAsync(tokenizer, film.Select((image, number) => new Frame(number, $"{number}", image, null)).ToAsyncEnumerable(), options).ToArrayAsync()];

    private static ImageTokenizer LoadDefault() => ImageTokenizer.LoadDefault(new ImageTokenizerOptions { Threads = 1, AllowSpinning = false });
}
