using System.Diagnostics;
using Karl.Applications.Video;
using Karl.Applications.Video.Internals;
using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;

namespace Karl.Applications.Tests.Video;

[TestClass]
public sealed class FrameSourceTests
{
    [TestMethod]
    public async Task ReadAsync_OfAFilm_GivesItsFramesAsImagesOfItGiveThem()
    {
        using TemporaryFolder folder = new();
        RgbImage[] frames = WriteFilm(folder, count: 12);
        using ImageTokenizer tokenizer = LoadDefault();
        Frame[] film = [.. await FrameSource.Of([folder["film.mp4"]]).ReadAsync(tokenizer).ToArrayAsync()];
        Frame[] images = [.. await FrameSource.Of([folder["frames"]]).ReadAsync(tokenizer).ToArrayAsync()];
        Assert.HasCount(12, film);
        Assert.HasCount(12, images);
        Assert.AreEqual(folder["film.mp4"] + "#11", film[11].Name);
        for (int number = 0; number < 12; number++)
        {
            Assert.AreEqual(number, film[number].Number);
            Assert.IsLessThan(0.03, ImageMetrics.MeanAbsoluteError(film[number].Image!, images[number].Image!), "They differ by what the film's compression lost.");
        }

        Assert.AreEqual(64, film[0].Image!.Width);
        Assert.AreEqual(80, frames[0].Width, "Frames are wider than high: the centre is cut out.");
    }

    [TestMethod]
    public async Task ReadAsync_OfSomeFrames_EndsTheProgram()
    {
        using TemporaryFolder folder = new();
        WriteFilm(folder, count: 12);
        using ImageTokenizer tokenizer = LoadDefault();
        FrameSource source = FrameSource.Of([folder["film.mp4"]]);
        int read = 0;
        await foreach (Frame _ in source.ReadAsync(tokenizer))
        {
            if (++read == 3)
            {
                break;
            }
        }

        Assert.AreEqual(3, read);
        Assert.HasCount(5, await FrameSource.Of([folder["film.mp4"]], new FilmFrameOptions { MostFrames = 5 }).ReadAsync(tokenizer).ToArrayAsync());
        Frame[] sparse = await FrameSource.Of([folder["film.mp4"]], new FilmFrameOptions { FramesPerSecond = 5 }).ReadAsync(tokenizer).ToArrayAsync();
        Assert.IsInRange(2, 4, sparse.Length);
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await source.ReadAsync(tokenizer, stop.Token).ToArrayAsync(stop.Token));
    }

    [TestMethod]
    public async Task ReadAsync_OfWhatIsNoFilm_SaysSo()
    {
        RequireProgram();
        using TemporaryFolder folder = new();
        using ImageTokenizer tokenizer = LoadDefault();
        foreach (string content in new[] { "", "no film", "#EXTM3U\nhttp://127.0.0.1:9/a.ts\n" })
        {
            File.WriteAllText(folder["a film; rm -rf $HOME.mp4"], content);
            KarlFormatException error = await Assert.ThrowsExactlyAsync<KarlFormatException>(
                async () => await FrameSource.Of([folder["a film; rm -rf $HOME.mp4"]]).ReadAsync(tokenizer).ToArrayAsync());
            StringAssert.StartsWith(error.Message, "Film 'a film; rm -rf $HOME.mp4': ffmpeg could not read it");
            Assert.IsFalse(error.Message.Contains('\n', StringComparison.Ordinal));
        }
    }

    [TestMethod]
    public void Of_WhatCannotBe_IsRefusedBeforeAnythingIsRead()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["a.mp4"], "");
        Assert.ThrowsExactly<FileNotFoundException>(() => FrameSource.Of([folder["none.mp4"]]));
        Assert.ThrowsExactly<ArgumentException>(() => FrameSource.Of([folder["a.mp4"], folder["b.png"]]));
        Assert.ThrowsExactly<ArgumentException>(() => FrameSource.Of([folder["a.mp4"]], new FilmFrameOptions { FramesPerSecond = 0, Program = "x" }));
        Directory.CreateDirectory(folder["folder.mp4"]);
        Assert.IsFalse(FrameSource.Of([folder["folder.mp4"]]).IsFilm);
    }

    [TestMethod]
    public async Task ReadAsync_WithAProgramThatIsNotThere_SaysSo()
    {
        using TemporaryFolder folder = new();
        using ImageTokenizer tokenizer = LoadDefault();
        File.WriteAllText(folder["a.mp4"], "");
        FrameSource source = FrameSource.Of([folder["a.mp4"]], new FilmFrameOptions { Program = folder["no such program"] });
        PlatformNotSupportedException error = await Assert.ThrowsExactlyAsync<PlatformNotSupportedException>(async () => await source.ReadAsync(tokenizer).ToArrayAsync());
        StringAssert.Contains(error.Message, "could not be started");
    }

    [TestMethod]
    public void Arguments_OfAFilmWhoseNameLooksLikeAnOptionOrAnAddress_NameAFile()
    {
        foreach (string name in new[] { "-y.mp4", "http:evil.mp4", "concat:a|b.mp4" })
        {
            string[] arguments = [.. FfmpegProgram.Arguments(name, 64, new FilmFrameOptions())];
            Assert.AreEqual("file:" + Path.GetFullPath(name), arguments[Array.IndexOf(arguments, "-i") + 1]);
            Assert.AreEqual("file,pipe", arguments[Array.IndexOf(arguments, "-protocol_whitelist") + 1]);
        }
    }

    private static RgbImage[] WriteFilm(TemporaryFolder folder, int count)
    {
        string program = RequireProgram();
        RgbImage[] frames = [.. DemonstrationFilm.Draw(64).Skip(60).Take(count).Select(frame => ImageResizer.Resize(frame, 80, 64))];
        for (int number = 0; number < count; number++)
        {
            ImageWriter.Write(frames[number], folder["frames", $"{number:00}.png"]);
        }

        using Process process = Process.Start(
            program, ["-nostdin", "-loglevel", "error", "-framerate", "25", "-i", folder["frames", "%02d.png"], "-c:v", "mpeg4", "-q:v", "2", folder["film.mp4"]]);
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode);
        return frames;
    }

    private static string RequireProgram()
    {
        try
        {
            return FfmpegProgram.Find();
        }
        catch (PlatformNotSupportedException exception)
        {
            Assert.Inconclusive(exception.Message);
            throw;
        }
    }

    private static ImageTokenizer LoadDefault() => ImageTokenizer.LoadDefault(new ImageTokenizerOptions { Threads = 1, AllowSpinning = false });
}
