using Microsoft.Extensions.Hosting;

namespace Karl.Serving.Internals;

/// <summary>Leaves signals such as Ctrl-C to the program: a server ends when it is told to.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
