using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Internals;

namespace Karl.Applications.Video.Internals;

/// <summary>The program ffmpeg, which decodes a film and writes raw pixels of the model's size into a pipe. It is given arguments, never a line for a shell.</summary>
internal static class FfmpegProgram
{
    private const int LongestComplaint = 4096;

    /// <summary>Where it is.</summary>
    /// <exception cref="PlatformNotSupportedException">It is in no folder of PATH.</exception>
    public static string Find()
    {
        string name = OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg";
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(folder => Path.Join(folder, name)).FirstOrDefault(File.Exists) ?? throw new PlatformNotSupportedException(
            "Films are read with the program ffmpeg, which is in no folder of PATH: install it (Debian: apt install ffmpeg), or give a folder of frames as images.");
    }

    /// <summary>Frames as they are enumerated; the shorter side is scaled to the size, bicubic, and the centre cut out, as images are.</summary>
    /// <exception cref="KarlFormatException">The program could not read the film.</exception>
    public static async IAsyncEnumerable<RgbImage> ReadAsync(string film, int size, FilmFrameOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using Process process = Start(film, size, options);
        try
        {
            Task<string> complaint = ReadComplaintAsync(process.StandardError);
            Stream pixels = process.StandardOutput.BaseStream;
            int frameBytes = RgbImage.ByteCount(size, size), read;
            do
            {
                RgbImage frame = new(size, size);
                read = await pixels.ReadAtLeastAsync(frame.Pixels, frameBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                if (read == frameBytes)
                {
                    yield return frame;
                }
            }
            while (read == frameBytes);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            string said = await complaint.ConfigureAwait(false);
            if (process.ExitCode != 0 || read != 0)
            {
                throw new KarlFormatException($"Film '{Path.GetFileName(film)}': ffmpeg could not read it to its end ({(said.Length > 0 ? Printable.Shorten(said, 300) : $"exit code {process.ExitCode}")}); convert it to a common form, or give its frames as images.");
            }
        }
        finally
        {
            End(process);
        }
    }

    /// <summary>Only the file itself is opened: a playlist cannot make the program fetch anything from a network.</summary>
    internal static IEnumerable<string> Arguments(string film, int size, FilmFrameOptions options)
    {
        string filter = string.Create(CultureInfo.InvariantCulture, $"scale={size}:{size}:force_original_aspect_ratio=increase:flags=bicubic,crop={size}:{size}");
        if (options.FramesPerSecond is double rate)
        {
            filter = string.Create(CultureInfo.InvariantCulture, $"fps={rate},{filter}");
        }

        return
        [
            "-nostdin", "-hide_banner", "-loglevel", "error", "-protocol_whitelist", "file,pipe", "-i", "file:" + Path.GetFullPath(film), "-map", "0:v:0",
            "-vf", filter, "-vsync", "passthrough",
            .. options.MostFrames is int most ? new[] { "-frames:v", most.ToString(CultureInfo.InvariantCulture) } : [],
            "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1",
        ];
    }

    private static Process Start(string film, int size, FilmFrameOptions options)
    {
        ProcessStartInfo start = new(options.Program ?? Find(), Arguments(film, size, options))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        try
        {
            Process process = Process.Start(start) ?? throw new PlatformNotSupportedException($"'{start.FileName}' could not be started.");
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception exception)
        {
            throw new PlatformNotSupportedException($"'{start.FileName}' could not be started: {exception.Message}", exception);
        }
    }

    /// <summary>The first words of what the program says; the rest is read and dropped, so that it never waits for us.</summary>
    private static async Task<string> ReadComplaintAsync(StreamReader reader)
    {
        StringBuilder text = new();
        char[] some = new char[1024];
        for (int count; (count = await reader.ReadAsync(some).ConfigureAwait(false)) > 0;)
        {
            text.Append(some, 0, Math.Min(count, LongestComplaint - text.Length));
        }

        return string.Join("; ", text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(3));
    }

    private static void End(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
    }
}
