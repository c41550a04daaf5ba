using System.Net.Sockets;
using System.Text;

namespace Karl.Serving.Tests;

/// <summary>A client that writes what it likes, as slowly as it likes.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _client;
    private readonly NetworkStream _stream;

    public RawClient(Uri address)
    {
        _client = new TcpClient(address.Host, address.Port);
        _stream = _client.GetStream();
    }

    /// <summary>Writes the head of a request.</summary>
    public Task HeadAsync(string path, params string[] headers) =>
        WriteAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n"));

    /// <summary>Writes bytes.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes);

    /// <summary>Writes one chunk of a body of unknown length.</summary>
    public async Task ChunkAsync(ReadOnlyMemory<byte> bytes)
    {
        await WriteAsync(Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"));
        await WriteAsync(bytes);
        await WriteAsync("\r\n"u8.ToArray());
    }

    /// <summary>Reads until the server closes the connection, or a time has passed.</summary>
    public async Task<string> ReadAsync(TimeSpan most)
    {
        using CancellationTokenSource late = new(most);
        StringBuilder text = new();
        byte[] buffer = new byte[4096];
        try
        {
            for (int read; (read = await _stream.ReadAsync(buffer, late.Token)) > 0;)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            text.Append("(reset)");
        }

        return text.ToString();
    }

    public void Dispose() => _client.Dispose();
}
