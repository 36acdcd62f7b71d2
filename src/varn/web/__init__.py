"""What gathers all rooms: start pages and search."""
